import {
  type FanoutRound,
  fanoutSockets,
  framesASecond,
  fanoutNames as names,
  openFanoutSides,
} from './fanout-sides.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import type { Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const goalRatio = 1.15;

/** Processor time of a frame's way to a socket, beside raw ws and stock Socket.IO. */
export async function fanout(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told('fanout: opening the sockets');
  const sides = await openFanoutSides(stage, options);
  const results = await interleave(sides, options.rounds, (name, number, { microsADelivery, got, due }) =>
    told(`fanout, round ${number}: ${name} ${numberText(microsADelivery, 2)} µs, ${due - got} lost`),
  );
  const of = (name: string, pick: (round: FanoutRound) => number) => (results.get(name) ?? []).map(pick);
  const micros = (name: string) => of(name, ({ microsADelivery }) => microsADelivery);
  const overWs = (name: string) => ratios(micros(name), micros(names.ws));
  const wrong = Object.values(names).flatMap((name) => of(name, ({ due, got }) => Math.abs(due - got)));
  return {
    title:
      `A frame to ${numberText(fanoutSockets)} sockets, ${framesASecond} a second, without a database; ` +
      `${options.rounds} rounds of ${options.seconds} s, in turn; median (min–max) of the rounds`,
    table: [
      ['', 'processor µs a delivery', 'ratio to ws'],
      ...Object.values(names).map((name) => [name, spreadText(micros(name), 2), spreadText(overWs(name), 2)]),
    ],
    notes: ['ours: the room, each socket’s outflow with its bounds, and the measuring of each event'],
    goals: [
      {
        sentence: `ours costs at most ${goalRatio}× raw ws: ${spreadText(overWs(names.ours), 2)}`,
        met: spreadOf(overWs(names.ours)).median <= goalRatio,
      },
      { sentence: 'every socket got every frame once', met: wrong.every((count) => count === 0) },
    ],
    rounds: Object.fromEntries(results),
  };
}
