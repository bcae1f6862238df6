/*
 * The sockets of `fanout` and of `idle`, a process of its own. It answers each command once:
 *   open   connect so many, greeted and answered when it says {opened}; without a greeting a plain WebSocket
 *   count  the events all of them got since the last count, after so long without another
 *   close  all of them
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Greeting, subscribe } from './subscriber.ts';
import { openWebSocket, type WebSocketClient } from './web-socket.ts';

export type CrowdCommand =
  | { do: 'open'; port: number; greeting: Greeting | null; sockets: number }
  | { do: 'count' }
  | { do: 'close' };
export type CrowdAnswer = { opened: number } | { events: number };

const connectAtOnce = 50;
const quietMs = 500;
let clients: WebSocketClient[] = [];
let events = 0;
const onEvent = () => {
  events++;
};

process.on('message', async (message) => {
  const command = message as CrowdCommand; // the scenarios send nothing else
  if (command.do === 'open') process.send?.(await open(command));
  else if (command.do === 'count') process.send?.(await count());
  else {
    for (const client of clients.splice(0)) client.close();
    process.send?.({ opened: 0 });
  }
});

async function open({ port, greeting, sockets }: CrowdCommand & { do: 'open' }): Promise<CrowdAnswer> {
  clients = [];
  const openOne = (): Promise<WebSocketClient> | WebSocketClient =>
    greeting
      ? subscribe(port, greeting, onEvent, () => {})
      : openWebSocket({ port, path: '/', onText: onEvent, onClose: () => {} });
  for (let first = 0; first < sockets; first += connectAtOnce) {
    const batch = Array.from({ length: Math.min(connectAtOnce, sockets - first) }, openOne);
    clients.push(...(await Promise.all(batch)));
  }
  await sleep(quietMs);
  events = 0;
  return { opened: clients.length };
}

async function count(): Promise<CrowdAnswer> {
  for (let before = -1; before !== events; await sleep(quietMs)) before = events;
  const answer = { events };
  events = 0;
  return answer;
}
