import net from 'node:net';

export interface Answer {
  status: number;
  body: Buffer;
}

/**
 * An HTTP/1.1 connection kept alive, one request at a time, written out whole by the caller. It reads what a load
 * generator has to know, the status and where the answer ends, and so takes a fifth of the processor time of node:http;
 * on two cores that is time the server would not get. Only for answers with a Content-Length.
 */
export interface Connection {
  request(text: string): Promise<Answer>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  let rest: Buffer | undefined;
  let end: Error | undefined;

  const fail = (error: Error) => {
    end ??= error;
    waiting?.reject(end);
    waiting = undefined;
  };
  socket.on('data', (chunk) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
    const answer = parseAnswer(bytes);
    rest = answer ? undefined : bytes;
    if (!answer) return;
    if (answer instanceof Error) return void socket.destroy(answer);
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));

  return {
    request: (text) =>
      new Promise((resolve, reject) => {
        if (end) return reject(end);
        waiting = { resolve, reject };
        socket.write(text);
      }),
    close: () => void socket.destroy(),
  };
}

/** The answer once it is there to its last byte; undefined before. */
function parseAnswer(bytes: Buffer): Answer | Error | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) return new Error(`an answer without Content-Length: ${head.slice(0, 200)}`);
  const bodyStart = headEnd + 4;
  const bodyEnd = bodyStart + Number(length);
  if (bytes.length < bodyEnd) return undefined;
  return { status: Number(head.slice(9, 12)), body: bytes.subarray(bodyStart, bodyEnd) };
}
