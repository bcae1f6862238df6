import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign, type Reply, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { refusalOf } from './refusals.ts';

let app: TestApp;
let alice: Api;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  anybody = apiAs(app.url, null);
});

const positionOf = ({ headers }: Reply) => {
  const match = /^stream="(.+)", epoch="(.+)", seq=(\d+)$/.exec(headers.get('stream-position') ?? '');
  return { stream: match?.[1], epoch: match?.[2], seq: Number(match?.[3]) };
};

it('the answer to a write says where its stream stands, and a read from there holds the write', async () => {
  const id = await liveCampaign(app.url);
  const list = async () => (await anybody('GET', `/campaigns/${id}/comments`)).body;
  const made = await alice('POST', `/campaigns/${id}/comments`, { text: 'x' });
  const { stream, epoch, seq } = await list();
  expect(positionOf(made)).toEqual({ stream, epoch, seq });
  for (const write of [
    () => alice('PUT', `/campaigns/${id}/reactions/like`),
    () => alice('PUT', `/comments/${made.body.id}/like`),
    () => alice('POST', `/campaigns/${id}/shares`, {}),
    () => alice('DELETE', `/campaigns/${id}/reactions/like`),
  ])
    expect(positionOf(await write())).toEqual({ stream, epoch, seq });
  const edited = await alice('PATCH', `/comments/${made.body.id}`, { text: 'y', revision: 1 });
  expect(positionOf(edited)).toEqual({ stream, epoch, seq: seq + 1 });
  expect(positionOf(await alice('DELETE', `/comments/${made.body.id}`))).toEqual({ stream, epoch, seq: seq + 2 });
  expect(await list()).toMatchObject({ stream, epoch, seq: seq + 2 });
});

it('a read waits for the position it asks for, and no longer than two seconds', async () => {
  const id = await liveCampaign(app.url);
  const { seq } = (await anybody('GET', `/campaigns/${id}/comments`)).body;
  const reading = anybody('GET', `/campaigns/${id}/comments?after=${seq + 1}`);
  const tooFar = anybody('GET', `/campaigns/${id}/comments?after=${seq + 100}`);
  let done = false;
  void reading.finally(() => {
    done = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(done).toBe(false);
  const { body: made } = await alice('POST', `/campaigns/${id}/comments`, { text: 'x' });
  expect((await reading).body).toMatchObject({ items: [made], seq: seq + 1 });
  const start = performance.now();
  expect((await tooFar).body).toMatchObject({ items: [made], seq: seq + 1 });
  expect(performance.now() - start).toBeLessThan(2_500);
  expect(refusalOf(await anybody('GET', `/campaigns/${id}/comments?after=soon`))).toBe('400 invalid_query');
});
