import { expect, it } from 'vitest';
import { LiveQuery } from './live-query.ts';
import { FakeClock } from './testing/fake-clock.ts';

function asked() {
  const clock = new FakeClock();
  const server = { up: true, asked: 0 };
  const query = new LiveQuery<number>(1_000, clock);
  query.ask(() => {
    server.asked++;
    return server.up ? Promise.resolve(server.asked) : Promise.reject(new Error('down'));
  });
  return { clock, server, query };
}

it('an answer that did not come is asked for again, until it does', async () => {
  const { clock, server, query } = asked();
  server.up = false;
  query.touch();
  await clock.pass(2_000);
  expect(query.state.get()).toMatchObject({ value: 1, code: 'no_answer' });
  server.up = true;
  await clock.pass(8_000);
  expect(query.state.get()).toEqual({ value: server.asked, code: null, stale: false });
});

it('a server that stays down is asked seldom', async () => {
  const { clock, server, query } = asked();
  server.up = false;
  query.touch();
  await clock.pass(60_000);
  expect(server.asked).toBeLessThan(16);
});

it('nothing is asked any more once nobody looks', async () => {
  const { clock, server, query } = asked();
  server.up = false;
  query.touch();
  await clock.pass(2_000);
  query.end();
  const before = server.asked;
  await clock.pass(60_000);
  expect(server.asked).toBe(before);
});

it('an answer that came is not asked for again by itself', async () => {
  const { clock, server } = asked();
  await clock.pass(60_000);
  expect(server.asked).toBe(1);
});
