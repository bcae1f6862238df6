import { expect, it } from 'vitest';
import type { Connection, ConnectionListener } from './connection.ts';
import type { Frame } from './frames.ts';
import { Freshness } from './freshness.ts';
import { FakeClock } from './testing/fake-clock.ts';

/** `aheadMs`: how far the server's clock is from ours; a way takes 20 ms. */
function scene(aheadMs: number) {
  const clock = new FakeClock();
  let told: ConnectionListener = { onPhase: () => {}, onFrame: () => {} };
  const connection: Pick<Connection, 'listen'> = {
    listen(listener) {
      told = listener;
      return () => {};
    },
  };
  const { delayMs } = new Freshness(connection, clock);
  const hear = (name: string, ageMs: number) => {
    const at = new Date(clock.now() + aheadMs - ageMs).toISOString();
    told.onFrame({ name, stream: 'campaign:1', version: 1, seq: 1, at, data: {} } as unknown as Frame);
  };
  told.onRoundTrip?.(40);
  return { delayMs, hear };
}

it.each([0, -3_600_000, 250])('a change that took 140 ms did so, whatever the clocks say (%i ms)', (aheadMs) => {
  const { delayMs, hear } = scene(aheadMs);
  hear('stream:head', 20);
  hear('campaign:counters', 140);
  expect(delayMs.get()).toBe(140);
});

it('a beat is no change, and what was missed long ago says nothing of now', () => {
  const { delayMs, hear } = scene(0);
  hear('stream:head', 20);
  hear('comment:counters', 3_600_000);
  expect(delayMs.get()).toBeNull();
});
