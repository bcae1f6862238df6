import { expect, it } from 'vitest';
import { readableText } from './readable-text.ts';

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';

it.each([
  ['plain', 'plain'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['a\u2066b\u2069c\u202ad', 'abcd'],
  ['bell\u0007 and \u0085next', 'bell and next'],
  ['\u200b\u2060\ufeffpadded\u200b\u200d', 'padded'],
  ['a\u200b\u200b\u200b\u200bb', 'a\u200bb'],
  [family, family],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['\u200e(שלום)', '\u200e(שלום)'],
  ['\u200b\u200b', ''],
])('%j is shown as %j', (text, shown) => {
  expect(readableText(text)).toBe(shown);
  expect(readableText(shown)).toBe(shown);
});
