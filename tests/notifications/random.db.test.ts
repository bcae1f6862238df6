import { expect, it } from 'vitest';
import { type Random, randomOf } from '../faults/random.ts';
import { psql } from '../sql/counting.ts';
import { audited } from '../sql/counting-play.ts';
import { Model } from './model.ts';

const users = [1, 2, 3, 4];
const steps = 180;
const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, Math.floor(Math.random() * 2 ** 31)];

it.each(seeds)(
  'whatever is written, liked, removed, restored and read, lists and counts are the plain model’s (SEED=%i)',
  { timeout: 90_000 },
  async (seed) => {
    const random = randomOf(seed);
    const db = await psql();
    const [campaign = 0] = await db.campaigns(1);
    const model = new Model();
    for (let step = 0; step < steps; step++) {
      await act(random, { db, campaign, model });
      await db.run('select settle_notifications($1)', [users]);
      if (step % 10 === 0) await compare(db, model);
    }
    await compare(db, model);
    expect(await audited(db.client)).toEqual([]);
    const before = await lists(db);
    await db.run('update notification set count = count + 1 where id % 2 = 0');
    await db.run('update notification_user set unread = unread + 1');
    expect((await audited(db.client)).length).toBeGreaterThan(users.length);
    await db.run('select rebuild_notifications($1)', [users]);
    expect(await lists(db)).toEqual(before);
  },
);

interface World {
  db: Awaited<ReturnType<typeof psql>>;
  campaign: number;
  model: Model;
}

async function act(random: Random, { db, campaign, model }: World): Promise<void> {
  const user = random.of(users);
  const comments = [...model.comments.keys()];
  const shown = comments.filter((id) => model.comments.get(id)?.shown);
  const chance = random.between(0, 100);
  if (shown.length < 3 || chance < 30) {
    const parent = shown.length > 0 && chance > 5 ? random.of(shown) : null;
    model.comment(await db.engage(campaign, user, 'comment', parent ?? undefined), user, parent, true);
  } else if (chance < 55) {
    const comment = random.of(shown);
    if ([...model.likes.values()].some((like) => like.comment === comment && like.user === user)) return;
    model.like(await db.engage(campaign, user, 'like', comment), user, comment);
  } else if (chance < 65 && model.likes.size > 0) {
    const like = random.of([...model.likes.keys()]);
    await db.run('delete from campaign_engagement where id = $1', [like]);
    model.likes.delete(like);
  } else if (chance < 90) {
    const id = random.of(comments);
    const status = random.of(['removed', 'published', 'rejected', 'approved', 'pending']);
    await db.run(
      `insert into comment_state (comment_id, campaign_id, status, removed_by) values ($1, $2, $3, 'author')
       on conflict (comment_id) do update set status = excluded.status`,
      [id, campaign, status],
    );
    model.show(id, ['published', 'approved'].includes(status));
  } else {
    await db.run('select read_notifications($1, null, null, false)', [user]);
    model.read(user);
  }
}

const lists = (db: World['db']) =>
  db.run(
    `select user_id, kind, comment_id, count, read_at is null as unread from notification
     where count > 0 and kind in ('reply', 'comment_liked') order by id`,
  );

async function compare(db: World['db'], model: Model): Promise<void> {
  const rows = await lists(db);
  for (const user of users) {
    const mine = rows.filter((row) => row.user_id === user);
    const lines = mine.map((row) => `${row.kind} ${row.comment_id} ${row.count} ${row.unread ? 'unread' : 'read'}`);
    expect(lines.sort()).toEqual(model.list(user));
    const [state] = await db.run(
      `select unread, (select count(*) from notification n where n.user_id = u.user_id and read_at is null and count > 0) as all
       from notification_user u where user_id = $1`,
      [user],
    );
    expect(state?.unread ?? 0).toBe(state?.all ?? 0);
  }
}
