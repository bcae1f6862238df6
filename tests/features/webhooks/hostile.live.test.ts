import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSender, type Sender } from '../../../server/features/webhooks/send.ts';

const timeoutMs = 300;
let sender: Sender;
const servers: Server[] = [];
beforeAll(() => {
  sender = createSender({ resolve: async () => [{ address: '127.0.0.1', family: 4 }], allowPrivate: true, timeoutMs });
});
afterAll(() => {
  sender.close();
  for (const server of servers) server.close();
});

/** A receiver that does with the bare connection what it likes. */
async function receiver(act: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => act(socket));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://hostile.example:${(server.address() as { port: number }).port}/`;
}
const send = (url: string) =>
  sender.send({ url, headers: { 'content-length': '2' }, body: '{}', signal: new AbortController().signal });
const head = (status: string, ...headers: string[]) => `${['HTTP/1.1 ' + status, ...headers].join('\r\n')}\r\n\r\n`;
/** Writes for as long as somebody reads. */
const forEver = (socket: Socket, beginning: string, chunk: string) => {
  socket.write(beginning);
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
};
const drip = (socket: Socket, beginning: string, chunk: string) => {
  socket.write(beginning);
  const timer = setInterval(() => socket.write(chunk), 20);
  socket.on('close', () => clearInterval(timer));
};

it.each<[string, (socket: Socket) => void, object]>([
  [
    'a redirect',
    (s) => s.end(head('302 Found', 'Location: http://127.0.0.1:1/', 'Content-Length: 0')),
    { status: 302 },
  ],
  [
    'another protocol',
    (s) => s.write(head('101 Switching Protocols', 'Upgrade: x', 'Connection: Upgrade')),
    { status: 101 },
  ],
  ['hints without end', (s) => drip(s, '', head('103 Early Hints')), { status: null, error: 'timeout' }],
  ['headers without end', (s) => forEver(s, 'HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(100)}\r\n`), { status: null }],
  ['a header that never ends', (s) => drip(s, 'HTTP/1.1 200 OK\r\nx: ', 'y'), { status: null, error: 'timeout' }],
  ['a body without end', (s) => forEver(s, head('200 OK'), 'z'.repeat(10_000)), { status: 200 }],
  ['a body that drips', (s) => drip(s, head('200 OK', 'Content-Length: 99999'), 'z'), { status: 200 }],
  [
    'a body that breaks off',
    (s) => s.end(`${head('500 No', 'Content-Length: 99')}half`),
    { status: 500, response: 'half' },
  ],
  ['no HTTP', (s) => s.end('220 smtp ready\r\n'), { status: null }],
  ['two answers', (s) => s.end(`${head('204 No Content')}${head('500 No')}`), { status: 204 }],
  ['silence', () => undefined, { status: null, error: 'timeout' }],
  ['a hang-up', (s) => s.destroy(), { status: null, error: 'ECONNRESET' }],
  ['a status that is none', (s) => s.end(head('999 Odd', 'Content-Length: 0')), { status: 999 }],
])('%s ends the attempt in its time', async (_, act, expected) => {
  const began = performance.now();
  expect(await send(await receiver(act))).toMatchObject(expected);
  expect(performance.now() - began).toBeLessThan(timeoutMs + 2_000);
});
