import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { kept, nastyStrings } from './nasty-strings.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let root: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  root = await admin(app.url);
});

const post = (id: number, text: unknown) => alice('POST', `/campaigns/${id}/comments`, { text });
const rowsOf = async (id: number) => {
  const { rows } = await app.pool.query<{ text: string }>(
    'select comment_text as text from campaign_engagement where campaign_id = $1 order by id',
    [id],
  );
  return rows.map(({ text }) => text);
};

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';

describe('the text of a comment', () => {
  it('has at most 5,000 characters as a person counts them', async () => {
    const id = await liveCampaign(app.url);
    const most = [family.repeat(5_000), 'x'.repeat(5_000), ` ${'e\u0301'.repeat(5_000)}\n`];
    for (const text of most) expect((await post(id, text)).body.text).toBe(kept(text));
    for (const text of [family.repeat(5_001), 'x'.repeat(5_001), 'e\u0301'.repeat(5_001)]) {
      const reply = await post(id, text);
      expect(refusalOf(reply)).toBe('400 invalid_body');
      expect(reply.body.errors).toEqual([{ pointer: '/text', message: 'a comment has at most 5000 characters' }]);
    }
    expect(await rowsOf(id)).toEqual(most.map(kept));
  });

  it('is kept in NFC, without white space around it, and otherwise unchanged', async () => {
    const id = await liveCampaign(app.url);
    const texts = { 'cafe\u0301': 'café', ' \t\u3000a  b\u00a0\ufeff\n': 'a  b', 'A\u030a ﬁ\r\n x': 'Å ﬁ\r\n x' };
    for (const text of Object.keys(texts)) await post(id, text);
    expect(await rowsOf(id)).toEqual(Object.values(texts));
  });

  it.each(['', ' ', '\n\t\r\v\f', '\u00a0\u1680\u2000\u2028\u2029\u202f\u205f\u3000\ufeff'])(
    'that is blank is 400: %j',
    async (text) => {
      const id = await liveCampaign(app.url);
      const reply = await post(id, text);
      expect(refusalOf(reply)).toBe('400 invalid_body');
      expect(reply.body).toMatchObject({ detail: 'a comment needs a text', errors: [{ pointer: '/text' }] });
      expect(await rowsOf(id)).toEqual([]);
    },
  );

  it('is a string without U+0000', async () => {
    const id = await liveCampaign(app.url);
    for (const text of [undefined, null, 5, {}, ['x'], 'a\u0000b', '\u0000']) {
      expect(refusalOf(await post(id, text))).toBe('400 invalid_body');
    }
    expect(await rowsOf(id)).toEqual([]);
  });

  it('may be anything else: what is nasty comes back as it was sent', { timeout: 60_000 }, async () => {
    const id = await liveCampaign(app.url);
    const replies = await Promise.all(nastyStrings.map((text) => post(id, text)));
    expect(replies.map(({ status, body }) => [status, body.text])).toEqual(
      nastyStrings.map((text) => (kept(text) === '' ? [400, undefined] : [201, kept(text)])),
    );
    const texts = nastyStrings.map(kept).filter((text) => text !== '');
    expect((await rowsOf(id)).sort()).toEqual([...texts].sort());
    const listed: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await apiAs(app.url, null)(
        'GET',
        `/campaigns/${id}/comments?limit=100${cursor && `&cursor=${cursor}`}`,
      );
      listed.push(...page.body.items.map(({ text }: { text: string }) => text));
      cursor = page.body.nextCursor;
    }
    expect(listed.sort()).toEqual(texts.sort());
  });
});

const chunks = Array.from({ length: Math.ceil(nastyStrings.length / 50) }, (_, n) =>
  nastyStrings.slice(50 * n, 50 * n + 50),
);

describe('nasty strings', () => {
  it('come back from a campaign as they were sent', async () => {
    for (const texts of chunks) {
      const whole = texts.map((text) => text.toWellFormed());
      const targetRegions = whole.map((text) => text.slice(0, 200).toWellFormed());
      const campaignSocials = Object.fromEntries(
        whole.map((text, n) => [`${n}${text}`.slice(0, 100).toWellFormed(), text]),
      );
      const sent = { name: 'x', description: texts.join('\n'), targetRegions, campaignSocials };
      const { status, body } = await root('POST', '/campaigns', sent);
      expect([status, body]).toMatchObject([201, { description: whole.join('\n'), targetRegions, campaignSocials }]);
    }
  });

  it('are as good as any in an impression', async () => {
    const id = await liveCampaign(app.url);
    for (const texts of chunks) {
      const event = () => ({ type: 'impression', eventId: crypto.randomUUID(), campaignId: id, placement: 'widget' });
      const events = texts.map((text) => ({
        ...event(),
        sessionId: text.slice(0, 64) || 's',
        region: text,
        location: text.slice(0, 200),
      }));
      const { body } = await alice('POST', '/impressions', { events });
      const long = texts.flatMap((text, index) => ([...text].length > 200 ? [{ index, code: 'invalid_event' }] : []));
      expect(body).toEqual({ accepted: texts.length - long.length, duplicates: 0, rejected: long });
    }
    const { rows } = await app.pool.query('select region from campaign_impressions where campaign_id = $1', [id]);
    const regions = nastyStrings.filter((text) => [...text].length <= 200).map((text) => text.toWellFormed());
    expect(rows.map(({ region }) => region).sort()).toEqual(regions.sort());
  });

  it('are no cursor and no channel worse than a refusal', { timeout: 60_000 }, async () => {
    const id = await liveCampaign(app.url);
    const harmless = async (text: string) => {
      const channel = await alice('POST', `/campaigns/${id}/shares`, { channel: text });
      expect(channel.status).toBe([...text.toWellFormed().trim()].length > 50 ? 400 : 201);
      const cursor = encodeURIComponent(text.toWellFormed());
      expect(refusalOf(await alice('GET', `/campaigns/${id}/comments?cursor=${cursor}`))).toMatch(
        /^400 invalid_(cursor|query)$/,
      );
    };
    for (const texts of chunks) await Promise.all(texts.map(harmless));
  });
});
