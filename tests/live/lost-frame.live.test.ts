import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { askOver } from '../../client-demo/lib/asking.ts';
import { systemClock } from '../../client-demo/lib/delay.ts';
import { isLog, readFrame } from '../../client-demo/lib/frames.ts';
import { admitLog, admitState, type Position } from '../../client-demo/lib/position.ts';
import { Stream } from '../../client-demo/lib/stream.ts';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';

/** The client library's stream on a real socket, between which and the network frames may get lost. */
async function followLossily(url: string, stream: string) {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  const seen: number[] = [];
  const asked: unknown[] = [];
  let at: Position | null = null;
  const following = new Stream({
    stream,
    clock: systemClock,
    ask: (request) => {
      asked.push(request);
      return askOver(socket, request);
    },
    onPhase: () => {},
    onDeaf: () => {},
    sink: {
      position: () => at,
      apply: (frame) => {
        if (!isLog(frame)) return admitState(at, frame);
        const verdict = admitLog(at, frame);
        if (verdict === 'applied') {
          at = { epoch: frame.epoch, seq: frame.seq };
          seen.push(frame.seq);
        }
        return verdict;
      },
      snapshot: async () => {
        const answer = await socket.emitWithAck('subscribe', { stream });
        return () => {
          at = { epoch: answer.epoch, seq: answer.seq };
        };
      },
    },
  });
  socket.onAny((name: string, payload: unknown) => {
    const frame = readFrame(name, payload);
    if (frame) following.receive(frame);
  });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  // Below Socket.IO: what the WebSocket brought.
  const { transport } = socket.io.engine as unknown as { transport: { onData(text: string): void } };
  const onData = transport.onData.bind(transport);
  let losing = false;
  const lost: string[] = [];
  transport.onData = (text) => {
    if (losing && text.startsWith('42')) lost.push(text.slice(0, 30));
    else onData(text);
  };
  following.up();
  await eventually(() => expect(asked.length).toBe(1), { within: 2_000 });
  return {
    socket,
    seen,
    asked,
    lost,
    lose(now: boolean) {
      losing = now;
    },
    stop() {
      following.down();
      socket.close();
    },
  };
}

it('a client that lost the last event of a quiet stream knows within two seconds, asks, and has it', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const alice = await user(app.url, 11, 'Alice');
  const client = await followLossily(app.url, `campaign:${id}`);
  const { body: first } = await alice('POST', `/campaigns/${id}/comments`, { text: 'comes' });
  await eventually(() => expect(client.seen.length).toBe(1), { within: 2_000 });
  expect(first.text).toBe('comes');

  client.lose(true);
  await alice('POST', `/campaigns/${id}/comments`, { text: 'is lost, and all that tells of it' });
  const writtenAt = performance.now();
  await eventually(() => expect(client.lost.some((text) => text.includes('comment:created'))).toBe(true), {
    within: 1_000,
  });
  await eventually(() => expect(client.lost.some((text) => text.includes('campaign:counters'))).toBe(true), {
    within: 1_000,
  });
  client.lose(false);
  await eventually(() => expect(client.asked.length).toBe(2), { within: 3_000 });
  expect(performance.now() - writtenAt).toBeLessThan(2_000 + 250);
  const [from = 0] = client.seen;
  await eventually(() => expect(client.seen).toEqual([from, from + 1]), { within: 1_000 });
  expect(client.asked[1]).toMatchObject({ seq: from, because: 'gap' });
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toContain('pulse_subscribes_asked_again_total{because="gap"} 1');
  client.stop();
});

it('the head of a stream that nothing else tells of is beaten every two seconds', async () => {
  const { startHeads } = await import('../../server/live/heads.ts');
  const { createLog } = await import('../../server/platform/log.ts');
  const { Room, subscriptionOf } = await import('../../server/live/room.ts');
  const room = new Room('user:1', { readMissed: async () => [], measure: () => undefined });
  const frames: { seq: number; version: number }[] = [];
  const send = ({ text }: { text: string }) => frames.push(JSON.parse(text.slice(1))[1]);
  room.subscriptions.add(subscriptionOf({ userId: () => 1, send, close: () => {} }, 7));
  room.startAt('e', 7, 3);
  const rooms = { all: () => [room] } as unknown as Parameters<typeof startHeads>[0];
  const heads = startHeads(rooms, createLog('silent'), { heads: { inc: () => {} } } as unknown as Parameters<
    typeof startHeads
  >[2]);
  const started = performance.now();
  await eventually(() => expect(frames.length).toBe(2), { within: 5_000 });
  expect(performance.now() - started).toBeLessThan(4_000);
  await heads.stop();
  expect(frames.map(({ seq }) => seq)).toEqual([7, 7]);
  expect(frames[1]?.version).toBeGreaterThan(frames[0]?.version ?? 0);
});
