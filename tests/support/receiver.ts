import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWithFile } from './ending.ts';
import { eventually } from './poll.ts';
import type { Untyped } from './untyped.ts';

export interface Received {
  id: string;
  headers: IncomingHttpHeaders;
  body: string;
  json: Untyped;
  at: number;
}

/** Answers a request: by default 204 at once. */
export type Answering = (received: Received, response: ServerResponse, nth: number) => void;

export interface Receiver {
  url: string;
  received: Received[];
  /** Of these types, in the order they came. */
  of(...types: string[]): Received[];
  /** Waits until so many of that type, or of all, came. */
  until(count: number, type?: string, within?: number): Promise<Received[]>;
  stop(): Promise<void>;
}

/** A real HTTP server on loopback that keeps what it is sent. */
export async function startReceiver(answer: Answering = (_, response) => response.writeHead(204).end()) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const one = { id: String(request.headers['webhook-id']), headers: request.headers, body, json: JSON.parse(body) };
    received.push({ ...one, at: performance.now() });
    answer(received.at(-1) as Received, response, received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const of = (...types: string[]) => received.filter(({ json }) => types.length === 0 || types.includes(json.type));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    of,
    until: (count, type, within = 15_000) =>
      eventually(
        () => {
          const found = of(...(type ? [type] : []));
          if (found.length < count) throw new Error(`${found.length} of ${count} came`);
          return found;
        },
        { within },
      ),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return endWithFile(receiver);
}
