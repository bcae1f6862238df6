import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, type Reply, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
let id: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
  id = await liveCampaign(app.url);
});

const post = (body: string | Uint8Array, type = 'application/json', headers = {}): Promise<Reply> =>
  alice('POST', `/campaigns/${id}/comments`, body, { ...(type ? { 'content-type': type } : {}), ...headers });
const bytes = (...values: (string | number)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.from([value]))));

describe('a body', () => {
  it.each([
    '',
    ' ',
    '{',
    '{"text":"x"',
    "{'text':'x'}",
    '{"text":"x",}',
    '{"text":"a\nb"}',
    'text=x',
    'NaN',
    '{"text":"x"}{}',
    '{"text":"\\x41"}',
  ])('that is no JSON is 400: %j', async (body) => {
    expect(refusalOf(await post(body))).toBe(body === '' ? '400 invalid_body' : '400 invalid_json');
  });

  it('that is not UTF-8 is 400', async () => {
    for (const wrong of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe4]]) {
      expect(refusalOf(await post(bytes('{"text":"a', ...wrong, 'b"}')))).toBe('400 invalid_json');
    }
    const utf16 = Buffer.from('{"text":"x"}', 'utf16le');
    expect(refusalOf(await post(utf16))).toBe('400 invalid_json');
    expect((await post(bytes(0xef, 0xbb, 0xbf, '{"text":"after a byte order mark"}'))).status).toBe(201);
  });

  it('with U+0000 in any string is 400, half a character becomes U+FFFD', async () => {
    for (const body of ['{"text":"a\\u0000b"}', '{"text":"ab","\\u0000":1}', '{"text":"ab","x":["\\u0000"]}']) {
      expect(refusalOf(await post(body))).toBe('400 invalid_body');
    }
    const texts = ['a\\ud800b', 'a\\udc00', '\\udc00\\ud800', '\\ud83d\\ude00'];
    const replies = await Promise.all(texts.map((text) => post(`{"text":"${text}"}`)));
    expect(replies.map(({ body }) => body.text)).toEqual(['a\ufffdb', 'a\ufffd', '\ufffd\ufffd', '\u{1f600}']);
  });

  it('of another type is 415, and JSON is told by its type alone', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json', 'application/jsonx', 'x', '']) {
      expect(refusalOf(await post(bytes('{"text":"x"}'), type))).toBe('415 unsupported_media_type');
    }
    for (const type of ['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;x=y']) {
      expect((await post('{"text":"x"}', type)).status).toBe(201);
    }
    const zipped = await post('{"text":"x"}', 'application/json', { 'content-encoding': 'zip' });
    expect(refusalOf(zipped)).toBe('415 unsupported_media_type');
    expect(refusalOf(await post('{"text":"x"}', 'application/json', { 'content-encoding': 'gzip' }))).toBe(
      '400 invalid_body',
    );
    const like = await alice('PUT', `/campaigns/${id}/reactions/like`, 'like', { 'content-type': 'text/plain' });
    expect(refusalOf(like)).toBe('415 unsupported_media_type');
  });

  it('may have a million bytes and is 413 beyond 1 MB', async () => {
    const sized = (size: number) => `{"text":"x"${' '.repeat(size - 12)}}`;
    expect((await post(sized(1_000_000))).status).toBe(201);
    expect((await post(sized(2 ** 20))).status).toBe(201);
    for (const size of [2 ** 20 + 1, 5_000_000]) expect(refusalOf(await post(sized(size)))).toBe('413 body_too_large');
    expect((await post('{"text":"and the connection lives on"}')).status).toBe(201);
  });

  it('nested ever so deeply is 400, and no failure of ours', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    for (const body of [deep, `{"text":"\\u0041","x":${deep}}`, `{"text":"\\u0041","x":${objects}}`]) {
      expect(refusalOf(await post(body))).toBe('400 invalid_body');
    }
    const events = (key?: string) =>
      anybody('POST', '/impressions', `{"events":[${deep}]}`, {
        'content-type': 'application/json',
        ...(key ? { 'idempotency-key': key } : {}),
      });
    expect((await events()).body).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: [{ index: 0, code: 'invalid_event' }],
    });
    expect(refusalOf(await events('a-key'))).toBe('400 invalid_body');
  });

  it('of another shape is 400 and says where', async () => {
    for (const [body, pointer] of [
      ['{}', '/text'],
      ['{"text":5}', '/text'],
      ['{"text":"x","parentId":"5"}', '/parentId'],
      ['{"text":"x","parentId":9007199254740993}', '/parentId'],
      ['{"text":"x","parentId":1e400}', '/parentId'],
      ['{"text":"x","admin":true}', ''],
      ['[]', ''],
      ['null', ''],
    ] as const) {
      const reply = await post(body);
      expect(refusalOf(reply)).toBe('400 invalid_body');
      for (const error of reply.body.errors) expect(error).toEqual({ pointer, message: expect.any(String) });
      expect(reply.body.errors.length).toBeGreaterThan(0);
    }
  });
});
