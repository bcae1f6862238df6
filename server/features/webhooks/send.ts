import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Address } from './resolve.ts';
import { type TargetRules, targetOf } from './target.ts';

const connectMs = 5_000;
/** More than enough to see what a receiver complains of; what comes after it is not read. */
const readBytes = 64 * 1_024;
const keptCharacters = 1_024;

export interface Sent {
  status: number | null;
  /** Why there is no status: `timeout`, `private_address`, `unresolved`, `aborted` or the code of the connection's error. */
  error: string | null;
  retryAfter?: string | undefined;
  /** The beginning of what was answered. */
  response: string | null;
}

export interface Sender {
  /** Never throws. `signal` breaks it off. */
  send(request: SendRequest): Promise<Sent>;
  close(): void;
}

export interface SendRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

export type SenderOptions = TargetRules & {
  /** For everything: DNS, connection, request and answer. */
  timeoutMs: number;
};

/**
 * Posts to receivers. The address is checked at each attempt, and the connection goes to the checked address without
 * asking DNS again, so that a name can not be pointed elsewhere in between. Connections are kept for ten seconds; redirects
 * are answers like any other.
 */
export function createSender({ timeoutMs, ...rules }: SenderOptions): Sender {
  const kept = { keepAlive: true, maxFreeSockets: 64, timeout: 10_000 };
  const agents = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) };

  const attempt = async ({ url, headers, body }: SendRequest, signal: AbortSignal): Promise<Sent> => {
    const target = await Promise.race([targetOf(url, rules), brokenOff(signal)]);
    if (!target.ok) return failed(target.why);
    const { request, Agent } = target.url.protocol === 'https:' ? https : http;
    const post = (agent: http.Agent) =>
      new Promise<Sent>((resolve, reject) => {
        const lookup = pinned(target.addresses);
        let answered = false;
        const sending = request(target.url, { method: 'POST', headers, agent, lookup, signal });
        sending.on('socket', (socket) => {
          if (!socket.connecting) return;
          const patience = setTimeout(() => sending.destroy(withCode('ETIMEDOUT')), connectMs);
          socket.once('connect', () => clearTimeout(patience)).once('close', () => clearTimeout(patience));
        });
        sending.on('response', (answer) => {
          answered = true;
          void readAnswer(answer).then(resolve);
        });
        // Without these an answer of 101 would never end: Node lets go of the socket, and says neither response nor error.
        sending.on('upgrade', ({ statusCode = 101 }, socket) => {
          answered = true;
          socket.destroy();
          resolve({ status: statusCode, error: null, response: null });
        });
        sending.on('close', () => {
          if (!answered) reject(withCode('ECONNRESET'));
        });
        sending.on('error', (error) => {
          if (!answered) reject(Object.assign(error, { stale: sending.reusedSocket }));
        });
        sending.end(body);
      });
    try {
      return await post(agents[target.url.protocol as keyof typeof agents]);
    } catch (error) {
      // The receiver closed a kept connection just when we took it: that says nothing about the receiver.
      const { code, stale } = error as { code?: string; stale?: boolean };
      if (!stale || !(code === 'ECONNRESET' || code === 'EPIPE')) throw error;
      return await post(new Agent());
    }
  };

  return {
    async send(request) {
      const broken = new AbortController();
      const breakOff = () => broken.abort('aborted');
      const timer = setTimeout(() => broken.abort('timeout'), timeoutMs);
      request.signal.addEventListener('abort', breakOff, { once: true });
      if (request.signal.aborted) breakOff();
      try {
        return await attempt(request, broken.signal);
      } catch (error) {
        return failed(broken.signal.aborted ? String(broken.signal.reason) : codeOf(error));
      } finally {
        clearTimeout(timer);
        request.signal.removeEventListener('abort', breakOff);
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** Rejects when it is. */
function brokenOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

const failed = (error: string): Sent => ({ status: null, error, response: null });

/** Answers with what was checked, whatever is asked. */
function pinned(addresses: Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The status decides, once it is there; a body that breaks off, or that is too long, is cut. */
async function readAnswer(answer: IncomingMessage): Promise<Sent> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= readBytes) break; // ends the connection
    }
  } catch {
    // what was read so far will do
  }
  const { statusCode, headers } = answer;
  return {
    status: statusCode ?? null,
    error: null,
    retryAfter: headers['retry-after'],
    response: shownOf(Buffer.concat(parts)),
  };
}

/** PostgreSQL has no U+0000; and a receiver that tells its secret in its answer shall not find it in ours. */
function shownOf(bytes: Buffer): string {
  const text = bytes
    .subarray(0, 4 * keptCharacters)
    .toString('utf8')
    .replaceAll('\u0000', '\ufffd');
  return text
    .replace(/whsec_[\w+/=-]*/g, 'whsec_…')
    .slice(0, keptCharacters)
    .toWellFormed();
}

const withCode = (code: string) => Object.assign(new Error(code), { code });

/** A code alone: messages name addresses. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'failed';
}
