import { expect, test } from 'vitest';
import { clipText } from './clip-text.ts';

test('a text within the limit is only made NFC, trimmed and well formed', () => {
  expect(clipText(' e\u0301\u0000 \ud800x ')).toBe('\u00e9 \ufffdx');
});

test('5,000 characters of many code units each stay whole', () => {
  const families = '👨‍👩‍👧‍👦'.repeat(5_000);
  expect(clipText(families)).toBe(families);
});

test('one character more is cut, ending in an ellipsis', () => {
  const text = clipText('👨‍👩‍👧‍👦'.repeat(5_001));
  expect(text).toBe(`${'👨‍👩‍👧‍👦'.repeat(4_999)}…`);
});
