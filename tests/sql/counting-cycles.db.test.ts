import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

/** One statement that inserts comments `[id, parent]`. */
const threads = (campaign: number, comments: [id: number, parent: number | null][]) =>
  `insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
   overriding system value values
   ${comments.map(([id, parent]) => `(${id}, ${campaign}, 7, 'comment', 'x', ${parent})`).join(', ')}`;

it('a statement that inserts comments in a circle is refused, as is one below itself', async () => {
  const [id = 0] = await db.campaigns(1);
  const circle = '23514 no_comment_is_its_own_ancestor';
  for (const [comments, expected] of [
    [
      [
        [9001, 9002],
        [9002, 9001],
      ],
      circle,
    ],
    [
      [
        [9001, 9003],
        [9002, 9001],
        [9003, 9002],
      ],
      circle,
    ],
    [
      [
        [9001, null],
        [9002, 9001],
        [9003, 9004],
        [9004, 9003],
        [9005, 9004],
      ],
      circle,
    ],
    [[[9001, 9001]], '23514 no_comment_is_its_own_parent'],
    [[[9001, 8999]], '23503 a_reply_or_comment_like_belongs_to_a_comment'],
  ] as [[number, number | null][], string][]) {
    expect(await db.refused(threads(id, comments))).toBe(expected);
  }
  expect([await db.counters(id), await db.log(id)]).toEqual([{}, []]);
});

it('a statement may insert a thread in any order', async () => {
  const [id = 0] = await db.campaigns(1);
  await db.run(
    threads(id, [
      [9103, 9102],
      [9102, 9101],
      [9101, null],
      [9104, 9101],
    ]),
  );
  expect(await db.comment(9101)).toEqual({ depth: 0, likes: 0, replies: 2, descendants: 3 });
  expect(await db.comment(9103)).toMatchObject({ depth: 2 });
  await db.proven();
});
