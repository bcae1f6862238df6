import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { kept } from './nasty-strings.ts';
import { refusalOf } from './refusals.ts';

/** Nicolas Seriot's parsing cases, where they are at hand: y_ is JSON, n_ is none, of i_ each parser may think its own. */
const folder = new URL('../../../shared/data/nasty/json/test_parsing/', import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder).map((name) => ({ name, bytes: readFileSync(new URL(name.replace('#', '%23'), folder)) }))
  : [];
const own = [
  { name: 'y_string.json', bytes: Buffer.from('["hello"]') },
  { name: 'y_string_escapes.json', bytes: Buffer.from('["\\"\\\\\\/\\b\\f\\n\\r\\t \\uD83D\\uDE00"]') },
  { name: 'y_string_null_escape.json', bytes: Buffer.from('["\\u0000"]') },
  { name: 'y_number.json', bytes: Buffer.from('[1E-2]') },
  { name: 'n_number.json', bytes: Buffer.from('[01]') },
  { name: 'n_string_single_quote.json', bytes: Buffer.from("['x']") },
  { name: 'n_structure_open.json', bytes: Buffer.from('['.repeat(100_000)) },
  { name: 'i_string_lone.json', bytes: Buffer.from('["\\uDADA"]') },
  { name: 'i_string_invalid.json', bytes: Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]) },
];

let alice: Api;
let id: number;
beforeAll(async () => {
  const app = await startApp();
  alice = await user(app.url, 11);
  id = await liveCampaign(app.url);
});

const json = { 'content-type': 'application/json' };
const post = (path: string, body: Uint8Array | string) => alice('POST', path, body, json);

it.each([
  ['of ours', own],
  ['of the collection', files],
])('as a body the cases %s are 400, each with the right code', async (_, cases) => {
  for (const { name, bytes } of cases) {
    const reply = await post(`/campaigns/${id}/comments`, bytes);
    const allowed = {
      y: ['400 invalid_body'],
      n: [bytes.length === 0 ? '400 invalid_body' : '400 invalid_json'],
      i: ['400 invalid_body', '400 invalid_json'],
    }[name[0] as 'y' | 'n' | 'i'];
    expect(allowed, name).toContain(refusalOf(reply));
  }
});

it.each([
  ['of ours', own],
  ['of the collection', files],
])('as the text of a comment the strings %s are what JSON says', async (_, cases) => {
  const lists = cases.filter(({ name }) => /^[yi]_string/.test(name));
  for (const { name, bytes } of lists) {
    const list = bytes.toString('latin1').trim();
    if (!list.startsWith('[') || !list.endsWith(']')) continue; // not in UTF-8, or no list
    const reply = await post(`/campaigns/${id}/comments`, Buffer.from(`{"text":${list.slice(1, -1)}}`, 'latin1'));
    let text: string | undefined;
    try {
      text = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))[0];
    } catch {
      expect(refusalOf(reply), name).toBe('400 invalid_json');
      continue;
    }
    if (text === undefined || text.includes('\u0000') || kept(text) === '') {
      expect(refusalOf(reply), name).toBe('400 invalid_body');
    } else {
      expect([reply.status, reply.body.text], name).toEqual([201, kept(text)]);
    }
  }
});

it.each([
  ['of ours', own],
  ['of the collection', files],
])('as an event among others the cases %s harm no neighbour', async (_, cases) => {
  for (const { name, bytes } of cases) {
    const event = {
      type: 'impression',
      eventId: crypto.randomUUID(),
      campaignId: id,
      placement: 'widget',
      sessionId: 's',
    };
    const body = Buffer.concat([Buffer.from('{"events":['), bytes, Buffer.from(`,${JSON.stringify(event)}]}`)]);
    const reply = await post('/impressions', body);
    if (reply.status !== 202) expect(refusalOf(reply), name).toMatch(/^400 invalid_(json|body)$/);
    else expect(reply.body, name).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'invalid_event' }] });
    if (name.startsWith('y')) expect(reply.status, name).toBe(202);
  }
});
