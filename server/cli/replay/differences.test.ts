import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { commentDocuments, type Documents } from './documents.ts';

const states = (documents: Record<string, Record<string, unknown>>): Documents => new Map(Object.entries(documents));

test('equal states have no difference, and a wanted state may know less', () => {
  const wanted = states({ 'comment 1': { text: 'a', author: { id: 1 } } });
  expect(differences(wanted, states({ 'comment 1': { text: 'a', author: { id: 1, name: 'Ann' }, depth: 0 } }))).toEqual(
    [],
  );
});

test('each field that is another, what is missing and what is too much is named', () => {
  const wanted = states({ 'comment 1': { likes: 2, author: { id: 1 } }, 'comment 2': {} });
  const got = states({ 'comment 1': { likes: 1, author: { id: 3 } }, 'comment 3': {} });
  expect(differences(wanted, got)).toEqual([
    'comment 1 likes is 1, should be 2',
    'comment 1 author id is 3, should be 1',
    'comment 2 is missing',
    'comment 3 should not be there',
  ]);
});

test('replies and descendants are counted from the rows', () => {
  const row = (id: number, parentId: number | null) => ({
    id,
    campaignId: 1,
    parentId,
    authorId: 1,
    text: 'x',
    likes: 0,
  });
  const documents = commentDocuments([row(1, null), row(2, 1), row(3, 2), row(4, 1)]);
  expect([...documents.values()].map(({ replies, descendants }) => [replies, descendants])).toEqual([
    [2, 3],
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
});
