import type { NodeChild } from './children.ts';
import type { CrowdCommand } from './fanout-crowd.ts';
import type { Options } from './options.ts';
import type { Contender } from './rounds.ts';
import type { Stage } from './stage.ts';

export const fanoutSockets = 1_000;
export const framesASecond = 20;

export interface FanoutOrder {
  frames: number;
  aSecond: number;
}
export interface FanoutTime {
  cpuMicros: number;
}

export interface FanoutRound {
  microsADelivery: number;
  due: number;
  got: number;
}

export const fanoutNames = { ours: 'ours', ws: 'raw ws', stock: 'stock Socket.IO' };

/** Three servers of a thousand sockets each; all stay open, so that a round is nothing but frames. */
export async function openFanoutSides(stage: Stage, { seconds }: Options): Promise<Contender<FanoutRound>[]> {
  const sides: Contender<FanoutRound>[] = [];
  for (const [side, name] of Object.entries(fanoutNames)) {
    const server = stage.start('tests/bench/fanout-server.ts', { env: { SIDE: side } });
    const { port } = await server.message<{ port: number }>();
    const crowd = stage.start('tests/bench/fanout-crowd.ts', { env: {} });
    const greeting = side === 'ws' ? null : { event: 'subscribe', payload: { stream: 'campaign:1' } };
    await ask(crowd, { do: 'open', port, greeting, sockets: fanoutSockets });
    await broadcast(server, crowd, 2); // gets it warm
    sides.push({ name, round: () => broadcast(server, crowd, seconds) });
  }
  return sides;
}

async function broadcast(server: NodeChild, crowd: NodeChild, seconds: number): Promise<FanoutRound> {
  const frames = seconds * framesASecond;
  server.send({ frames, aSecond: framesASecond } satisfies FanoutOrder);
  const { cpuMicros } = await server.message<FanoutTime>();
  const { events } = await ask<{ events: number }>(crowd, { do: 'count' });
  const due = frames * fanoutSockets;
  return { microsADelivery: cpuMicros / due, due, got: events };
}

export function ask<Answer>(crowd: NodeChild, command: CrowdCommand): Promise<Answer> {
  crowd.send(command);
  return crowd.message<Answer>();
}
