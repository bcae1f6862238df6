/*
 * The subscribers of `delivery`, a process of their own beside the server and the writer. It is told what to do and answers
 * each command once:
 *   open    connect so many, all subscribed when it answers {opened}
 *   figures given what was written: wait for the last comment, or a while for a lost one; close; answer the figures
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Arrivals, type DeliveryFigures, type Written } from './arrivals.ts';
import { type Greeting, subscribe } from './subscriber.ts';
import type { WebSocketClient } from './web-socket.ts';

export type Command =
  | { do: 'open'; port: number; greeting: Greeting; subscribers: number; comments: number }
  | { do: 'figures'; written: Written[]; measuredFrom: number };
export type Opened = { opened: number };
export type Figures = DeliveryFigures & { closedEarly: number };

const lostAfterMs = 5_000;
const doublesWithinMs = 300;
const connectAtOnce = 50;

let clients: WebSocketClient[] = [];
let arrivals = new Arrivals(0, 0);
let closedEarly = 0;

process.on('message', async (message) => {
  const command = message as Command; // main.ts sends nothing else
  process.send?.(command.do === 'open' ? await open(command) : await figures(command));
});

async function open({ port, greeting, subscribers, comments }: Command & { do: 'open' }): Promise<Opened> {
  arrivals = new Arrivals(subscribers, comments);
  clients = [];
  closedEarly = 0;
  const mine = arrivals;
  for (let first = 0; first < subscribers; first += connectAtOnce) {
    const places = Array.from({ length: Math.min(connectAtOnce, subscribers - first) }, (_, place) => first + place);
    const onClose = () => {
      closedEarly++;
    };
    const opened = places.map((place) => subscribe(port, greeting, (packet) => mine.record(place, packet), onClose));
    clients.push(...(await Promise.all(opened)));
  }
  return { opened: clients.length };
}

async function figures({ written, measuredFrom }: Command & { do: 'figures' }): Promise<Figures> {
  const end = performance.now() + lostAfterMs;
  while (!arrivals.hasAll(written.length) && performance.now() < end) await sleep(20);
  await sleep(doublesWithinMs);
  const answer = { ...arrivals.figures(written, measuredFrom), closedEarly };
  for (const client of clients) client.close();
  return answer;
}
