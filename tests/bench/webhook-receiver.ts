/*
 * Who is told by webhook in `notifications`, a process of its own: answers 204 at once, counts ids, and says when the first
 * and the last of as many as were asked for came. A message from its parent is that number.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nowMs } from './clock.ts';

export interface Received {
  firstAt: number;
  lastAt: number;
  /** Requests beyond one an id. */
  repeats: number;
}

let expected = 0;
let requests = 0;
let firstAt = 0;
const ids = new Set<string>();
process.on('message', ({ count }: { count: number }) => {
  [expected, requests] = [count, 0];
  ids.clear();
});

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const now = nowMs();
    if (requests++ === 0) firstAt = now;
    ids.add(String(request.headers['webhook-id']));
    response.writeHead(204).end();
    if (ids.size < expected) return;
    process.send?.({ firstAt, lastAt: now, repeats: requests - ids.size } satisfies Received);
    expected = Number.POSITIVE_INFINITY;
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
