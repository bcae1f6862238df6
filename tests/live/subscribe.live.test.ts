import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';

let app: TestApp;
let alice: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
});

const comment = (campaignId: number, text: string) => alice('POST', `/campaigns/${campaignId}/comments`, { text });

describe('subscribing to a campaign', () => {
  it('is live at the head without a position, and then gets what is written', async () => {
    const id = await liveCampaign(app.url);
    const { body: before } = await alice('GET', `/campaigns/${id}/comments`);
    const watcher = await watch(app.url);
    const answer = await watcher.subscribe({ stream: `campaign:${id}` });
    expect(answer).toMatchObject({
      ok: true,
      stream: `campaign:${id}`,
      epoch: before.epoch,
      seq: before.seq,
      mode: 'live',
      events: [],
    });
    expect(answer.state.map((frame: { name: string }) => frame.name)).toEqual(['campaign:counters']);

    const { body } = await comment(id, 'hello');
    const created = await watcher.until('comment:created', (data) => data.id === body.id);
    expect(created).toEqual({
      name: 'comment:created',
      stream: `campaign:${id}`,
      epoch: before.epoch,
      seq: before.seq + 1,
      at: created.at,
      data: body,
    });
    const counters = await watcher.until('campaign:counters', (data) => data.comments === 1);
    expect(counters.data).toEqual({
      campaignId: id,
      likes: 0,
      shares: 0,
      comments: 1,
      saves: 0,
      bookmarks: 0,
      impressions: 0,
    });
    expect(counters.seq).toBe(before.seq + 1);
  });

  it('gets all that was missed, in order, from a position', async () => {
    const id = await liveCampaign(app.url);
    const { body: page } = await alice('GET', `/campaigns/${id}/comments`);
    const texts = Array.from({ length: 40 }, (_, n) => `comment ${n}`);
    for (const text of texts) await comment(id, text);
    const watcher = await watch(app.url);
    const answer = await watcher.subscribe({ stream: `campaign:${id}`, epoch: page.epoch, seq: page.seq });
    expect(answer).toMatchObject({ ok: true, mode: 'replayed', seq: page.seq + 40 });
    expect(answer.events.map((frame: { data: { text: string } }) => frame.data.text)).toEqual(texts);
    expect(answer.events.map((frame: { seq: number }) => frame.seq)).toEqual(texts.map((_, n) => page.seq + n + 1));
  });

  it('replays from the start at seq 0', async () => {
    const id = await liveCampaign(app.url);
    await comment(id, 'first');
    const { body: page } = await alice('GET', `/campaigns/${id}/comments`);
    const watcher = await watch(app.url);
    const answer = await watcher.subscribe({ stream: `campaign:${id}`, epoch: page.epoch, seq: 0 });
    expect(answer).toMatchObject({ ok: true, mode: 'replayed' });
    expect(answer.events.map((frame: { seq: number }) => frame.seq)).toEqual(
      Array.from({ length: page.seq }, (_, n) => n + 1),
    );
  });

  it('is reset by a position of another epoch, one ahead of the stream, and one that left the window', async () => {
    const id = await liveCampaign(app.url);
    for (const text of ['one', 'two', 'three']) await comment(id, text);
    const { body: page } = await alice('GET', `/campaigns/${id}/comments`);
    const watcher = await watch(app.url);
    const stream = `campaign:${id}`;
    const reset = { ok: true, mode: 'reset', events: [], epoch: page.epoch, seq: page.seq };
    expect(await watcher.subscribe({ stream, epoch: 'another', seq: page.seq })).toMatchObject(reset);
    expect(await watcher.subscribe({ stream, epoch: page.epoch, seq: page.seq + 1 })).toMatchObject(reset);
    await app.pool.query('delete from live_event where stream = $1 and seq <= $2', [stream, page.seq - 1]);
    expect(await watcher.subscribe({ stream, epoch: page.epoch, seq: page.seq - 2 })).toMatchObject(reset);
    expect(await watcher.subscribe({ stream, epoch: page.epoch, seq: page.seq - 1 })).toMatchObject({
      mode: 'replayed',
    });
    expect(await watcher.subscribe({ stream, epoch: page.epoch, seq: page.seq })).toMatchObject({ mode: 'live' });
  });

  it('meets the snapshot with no gap and no overlap while others write', async () => {
    const id = await liveCampaign(app.url);
    let writing = true;
    let written = 0;
    const writers = Array.from({ length: 4 }, async () => {
      while (writing && written < 600) await comment(id, `c${written++}`);
    });
    const watchers = [];
    for (let n = 0; n < 12; n++) {
      const { body: page } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
      const watcher = await watch(app.url);
      const answer = await watcher.subscribe({ stream: page.stream, epoch: page.epoch, seq: page.seq });
      expect(answer.ok && answer.mode).not.toBe('reset');
      watchers.push({ watcher, from: page.seq, answer });
    }
    writing = false;
    await Promise.all(writers);
    const { body: end } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
    for (const { watcher, from, answer } of watchers) {
      const all = Array.from({ length: end.seq - from }, (_, n) => from + n + 1);
      await eventually(() => expect([...answer.events, ...watcher.log].map((frame) => frame.seq)).toEqual(all), {
        within: 5_000,
      });
    }
  });

  it('leaves nobody a gap when several open a room at once while others write', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await liveCampaign(app.url);
      let writing = true;
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let n = 0; writing; n++) await comment(id, `writer ${writer} comment ${n}`);
      });
      const watchers = await Promise.all(Array.from({ length: 5 }, () => watch(app.url)));
      const answers = await Promise.all(
        watchers.map((watcher) => watcher.subscribe({ stream: `campaign:${id}`, seq: 0 })),
      );
      writing = false;
      await Promise.all(writers);
      const { body: end } = await alice('GET', `/campaigns/${id}/comments?limit=1`);
      const all = Array.from({ length: end.seq }, (_, n) => n + 1);
      for (const [place, watcher] of watchers.entries()) {
        const events = answers[place]?.ok ? answers[place].events : [];
        await eventually(() => expect([...events, ...watcher.log].map((frame) => frame.seq)).toEqual(all), {
          within: 5_000,
        });
      }
    }
  }, 60_000);

  it('carries rows that psql writes, changes and deletes', async () => {
    const id = await liveCampaign(app.url);
    const watcher = await watch(app.url);
    await watcher.subscribe({ stream: `campaign:${id}` });
    const { rows } = await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       values ($1, 77, 'comment', 'from psql') returning id`,
      [id],
    );
    const commentId = rows[0].id;
    expect((await watcher.until('comment:created', (data) => data.id === commentId)).data).toMatchObject({
      campaignId: id,
      text: 'from psql',
      author: { id: 77, name: 'user 77' },
      depth: 0,
      revision: 1,
    });
    await app.pool.query("update campaign_engagement set comment_text = 'edited' where id = $1", [commentId]);
    expect((await watcher.until('comment:edited', () => true)).data).toMatchObject({
      id: commentId,
      text: 'edited',
      revision: 2,
    });
    await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id) values ($1, 78, 'like', $2)`,
      [id, commentId],
    );
    await watcher.until('comment:counters', (data) => data.commentId === commentId && data.likes === 1);
    await app.pool.query('delete from campaign_engagement where id = $1', [commentId]);
    expect((await watcher.until('comment:removed', () => true)).data).toMatchObject({
      id: commentId,
      text: null,
      status: 'removed',
    });
    await watcher.until('campaign:counters', (data) => data.comments === 0);
    expect(watcher.log.map((frame) => frame.seq)).toEqual(
      [...watcher.log.keys()].map((n) => (watcher.log[0]?.seq ?? 0) + n),
    );
  });

  it('refuses what is no stream, what is hidden, and the hundred and first', async () => {
    const { body: draft } = await (await admin(app.url))('POST', '/campaigns', { name: 'hidden', advertiserId: 5 });
    const watcher = await watch(app.url);
    const refused = (code: string) => ({ ok: false, error: { code } });
    for (const stream of ['campaign:0', 'campaign:abc', 'nothing', 'campaign:1; drop table', '']) {
      expect(await watcher.subscribe({ stream })).toMatchObject(refused('invalid_stream'));
    }
    expect(await watcher.subscribe({ stream: `campaign:${draft.id}` })).toMatchObject(refused('not_found'));
    expect(await watcher.subscribe({ stream: 'campaign:999999' })).toMatchObject(refused('not_found'));
    const ids = [];
    for (let n = 0; n < 101; n++) ids.push(await liveCampaign(app.url));
    for (const id of ids.slice(0, 100))
      expect(await watcher.subscribe({ stream: `campaign:${id}` })).toMatchObject({ ok: true });
    expect(await watcher.subscribe({ stream: `campaign:${ids[100]}` })).toMatchObject(refused('too_many_streams'));
    expect(await watcher.socket.emitWithAck('unsubscribe', { stream: `campaign:${ids[0]}` })).toEqual({ ok: true });
    expect(await watcher.subscribe({ stream: `campaign:${ids[100]}` })).toMatchObject({ ok: true });
  }, 60_000);

  it('keeps one subscription however often it is asked for at once, and the limit too', async () => {
    const id = await liveCampaign(app.url);
    const watcher = await watch(app.url);
    await Promise.all([1, 2, 3, 4].map(() => watcher.subscribe({ stream: `campaign:${id}` })));
    const { body } = await comment(id, 'once');
    await watcher.until('comment:created', (data) => data.id === body.id);
    const presence = await watcher.until('campaign:presence', (data) => data.campaignId === id);
    expect(presence.data.viewers).toBe(1);
    expect(watcher.log.map((frame) => frame.data.id)).toEqual([body.id]);

    const ids = await Promise.all(Array.from({ length: 110 }, () => liveCampaign(app.url)));
    const other = await watch(app.url);
    const answers = await Promise.all(ids.map((one) => other.subscribe({ stream: `campaign:${one}` })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(100);
  }, 60_000);

  it('answers every malformed message with a code and never dies of one', async () => {
    const watcher = await watch(app.url);
    for (const name of ['subscribe', 'typing', 'auth:refresh']) {
      for (const payload of [
        null,
        7,
        'x',
        [],
        {},
        { stream: 7 },
        { stream: 'campaign:', seq: -1 },
        { stream: 'x'.repeat(101) },
      ]) {
        expect(await watcher.socket.timeout(2_000).emitWithAck(name, payload)).toMatchObject({
          ok: false,
          error: { code: expect.any(String) },
        });
      }
      watcher.socket.emit(name);
      watcher.socket.emit(name, 'no', 'ack', 'at all');
    }
    watcher.socket.emit('no such message', {});
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    expect(watcher.socket.connected).toBe(true);
  });
});
