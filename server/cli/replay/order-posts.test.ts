import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderPosts } from './order-posts.ts';

const post = (key: string, parent: string | null, atMs: number) => ({ key, parent, atMs });

test('by time, and of the same time as the file has them', () => {
  expect(orderPosts([post('b', null, 2), post('a', null, 1), post('c', null, 2)]).map(({ key }) => key)).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test('a reply that is older than its parent follows it and is due with it', () => {
  expect(orderPosts([post('reply', 'root', 1), post('other', null, 2), post('root', null, 3)])).toEqual([
    post('other', null, 2),
    post('root', null, 3),
    post('reply', 'root', 3),
  ]);
});

test('a reply to what is not there is top-level', () => {
  expect(orderPosts([post('reply', 'gone', 1)])).toEqual([post('reply', null, 1)]);
});

test('a circle opens at its earliest post', () => {
  expect(orderPosts([post('a', 'c', 3), post('b', 'a', 2), post('c', 'b', 1), post('self', 'self', 4)])).toEqual([
    post('c', null, 1),
    post('a', 'c', 3),
    post('b', 'a', 3),
    post('self', null, 4),
  ]);
});

test('whatever the parents, every post comes once and after its parent', () => {
  const file = fc.array(fc.record({ parent: fc.option(fc.nat(29)), atMs: fc.nat(20) }), { maxLength: 30 });
  fc.assert(
    fc.property(file, (rows) => {
      const posts = rows.map(({ parent, atMs }, key) => post(`${key}`, parent === null ? null : `${parent}`, atMs));
      const seen = new Set<string>();
      for (const { key, parent } of orderPosts(posts)) {
        expect(parent === null || seen.has(parent)).toBe(true);
        expect(seen.has(key)).toBe(false);
        seen.add(key);
      }
      expect(seen.size).toBe(posts.length);
    }),
  );
});
