import { expect, it } from 'vitest';
import { sizesOf } from '../../server/audit/campaign-ids.ts';
import { psql } from '../sql/counting.ts';

it('the size of a campaign is how many rows it has, up to a bound', async () => {
  const db = await psql();
  const [one = 0, other = 0, none = 0] = await db.campaigns(3);
  for (let n = 0; n < 4; n++) await db.see(one, `s${n}`);
  await db.engage(one, 1, 'like');
  await db.see(other, 's');
  expect(await sizesOf(db.client, [one, other, none], 3)).toEqual(
    new Map([
      [one, 4],
      [other, 1],
      [none, 0],
    ]),
  );
});
