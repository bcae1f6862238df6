import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { RemovalData } from '../contract/live.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { type Bus, createLocalBus } from '../relay/bus.ts';
import type { StateOfFrame } from '../relay/frame.ts';
import { type Removals, startRemovals } from './removals.ts';
import type { Rooms } from './rooms.ts';
import { Screens } from './screens.ts';

const thread = 'campaign:1';
const running: Removals[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A node whose sockets are told by hand, on a bus that it may share. */
function nodeOn(bus: Bus, node: string) {
  const shown: StateOfFrame[] = [];
  const rooms = { get: () => ({ broadcastState: (frame: StateOfFrame) => void shown.push(frame) }) };
  const screens = new Screens((stream, comment) => removals.gone(stream, comment));
  const removals = startRemovals({
    screens,
    rooms: rooms as unknown as Pick<Rooms, 'get'>,
    bus,
    clock: { local: (at) => performance.now() - (Date.now() - Date.parse(String(at))) },
    node,
    log: createLog('silent'),
    metrics: createMetrics(),
  });
  running.push(removals);
  return { removals, screens, shown: () => shown.map(({ data }) => JSON.parse(data) as RemovalData), frames: shown };
}

const removal = (id: number, at = new Date().toISOString()) => ({
  class: 'log' as const,
  stream: thread,
  epoch: 'e',
  seq: 9,
  name: 'comment:removed',
  at,
  data: JSON.stringify({ id, campaignId: 1, text: null }),
});
const draw = (screens: Screens, sockets: string[]) => {
  for (const socket of sockets) screens.rendered(socket, thread, { shown: [7], gone: [] });
};

describe('a removed comment', () => {
  it('is told of with its screens, and with its time when all of them are rid of it', async () => {
    const { removals, screens, shown } = nodeOn(createLocalBus(), 'a');
    draw(screens, ['x', 'y', 'z']);
    removals.delivered(removal(7));
    screens.rendered('x', thread, { shown: [], gone: [7] });
    await delay(150);
    expect(shown().at(-1)).toEqual({ campaignId: 1, commentId: 7, screens: 3, gone: 1, ms: null });
    screens.rendered('y', thread, { shown: [], gone: [7] });
    screens.left('z', thread);
    await delay(150);
    expect(shown().at(-1)).toMatchObject({ screens: 3, gone: 3, ms: expect.any(Number) });
    expect(shown().at(-1)?.ms).toBeGreaterThan(100);
  });

  it('is the sum of all nodes, with versions that only grow', async () => {
    const bus = createLocalBus();
    const [a, b] = [nodeOn(bus, 'a'), nodeOn(bus, 'b')];
    draw(a.screens, ['x', 'y']);
    draw(b.screens, ['z']);
    const frame = removal(7);
    for (const node of [a, b]) node.removals.delivered(frame);
    a.screens.left('x', thread);
    a.screens.left('y', thread);
    b.screens.left('z', thread);
    await delay(250);
    for (const node of [a, b]) {
      expect(node.shown().at(-1)).toMatchObject({ screens: 3, gone: 3, ms: expect.any(Number) });
      const versions = node.frames.map(({ version }) => version);
      expect(versions).toEqual([...versions].sort((one, other) => one - other));
    }
  });

  it('that no screen showed is not told of, nor is another event', async () => {
    const { removals, screens, frames } = nodeOn(createLocalBus(), 'a');
    draw(screens, ['x']);
    removals.delivered(removal(8));
    removals.delivered({ ...removal(7), name: 'comment:edited' });
    removals.delivered({ ...removal(7), data: 'not JSON' });
    screens.left('x', thread);
    await delay(150);
    expect(frames).toEqual([]);
  });
});
