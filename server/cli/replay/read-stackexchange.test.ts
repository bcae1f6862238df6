import { expect, test } from 'vitest';
import { readStackExchange, textOf } from './read-stackexchange.ts';

const item = (id: string, kind: string, parent_id: string | null, more: object = {}) => ({
  id,
  kind,
  parent_id,
  author: 'ann',
  created_ms: Date.UTC(2020, 0, 1),
  score: 0,
  title: null,
  html: `<p>${id}</p>`,
  ...more,
});

test('a question is its title and its body; what is empty says so', () => {
  expect(textOf({ kind: 'question', title: 'Why?', html: '<p>Because.</p>' })).toBe('Why?\n\nBecause.');
  expect(textOf({ kind: 'question', title: 'Why?', html: '' })).toBe('Why?');
  expect(textOf({ kind: 'answer', title: null, html: '<p><img src="x"></p>' })).toBe('(no text)');
  expect(textOf({ kind: 'answer', title: 'Why?', html: null })).toBe('Why?');
});

test('a thread goes under the year of its root, also what was written years later', async () => {
  const late = { created_ms: Date.UTC(2023, 5, 1) };
  const rows = [item('q', 'question', null), item('a', 'answer', 'q', late), item('c', 'comment', 'a', late)];
  const { posts } = await readStackExchange({ file: 'x', rows });
  expect(posts.map(({ key, campaign, parent }) => [key, campaign, parent])).toEqual([
    ['q', 'Questions of 2020', null],
    ['a', 'Questions of 2020', 'q'],
    ['c', 'Questions of 2020', 'a'],
  ]);
});

test('a limit keeps whole chains, because parents come first', async () => {
  const rows = [item('a', 'answer', 'q'), item('q', 'question', null, { created_ms: Date.UTC(2021, 0, 1) })];
  const { posts } = await readStackExchange({ file: 'x', rows, limit: 1 });
  expect(posts.map(({ key }) => key)).toEqual(['q']);
});

test('a row of another shape is named', async () => {
  await expect(readStackExchange({ file: 'x.jsonl', rows: [item('q', 'poem', null)] })).rejects.toThrow(
    'x.jsonl, row 1: kind',
  );
});
