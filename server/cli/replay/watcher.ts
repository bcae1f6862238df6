import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import {
  type ClientToServer,
  campaignStream,
  type LogFrame,
  logEvents,
  type ServerToClient,
  type StateFrame,
  stateEvents,
} from '../../contract/live.ts';
import { CommandFailed } from '../failure.ts';
import { now } from './latency.ts';
import { StreamState } from './stream-state.ts';

/** A screen without the glass: one socket, subscribed to every campaign of the run. */
export interface Watcher {
  streams: Map<string, StreamState>;
  /** When the event of a new comment came live, by the id of the comment, with the event's own time. */
  arrivals: Map<number, { at: string; receivedMs: number }>;
  resubscribes(): number;
  /** By performance.now(): when something last came that can change what it shows. */
  lastNewsMs(): number;
  /** Why it gave up on a stream, if it did. */
  faults: string[];
  stop(): void;
}

type WatcherSocket = Socket<ServerToClient, ClientToServer>;

const answerWithinMs = 10_000;
const connectWithinMs = 10_000;
/** In a row, for one stream: a server that keeps answering `reset` is a finding, not something to wait out. */
const maxAttempts = 10;

/** Connects and subscribes; resolves when every stream was answered. */
export async function startWatcher(url: string, campaignIds: number[]): Promise<Watcher> {
  const streams = new Map(campaignIds.map((id) => [campaignStream(id), new StreamState(campaignStream(id))]));
  const arrivals: Watcher['arrivals'] = new Map();
  const socket: WatcherSocket = io(url, { transports: ['websocket'], forceNew: true });
  const faults: string[] = [];
  let resubscribes = 0;
  let lastNewsMs = 0;

  const again = (state: StreamState) => {
    resubscribes++;
    subscribe(socket, state).catch((error: Error) => faults.push(error.message));
  };
  socket.onAny((name: string, payload: Omit<LogFrame, 'name'> | Omit<StateFrame, 'name'>) => {
    const receivedMs = now();
    const state = streams.get(payload.stream);
    if (!state) return;
    if (name !== 'campaign:presence' && name !== 'stream:head') lastNewsMs = performance.now();
    // The names are those of the contract, and each decides the shape of its frame.
    const frame = { name, ...payload } as LogFrame | StateFrame;
    if (isLog(frame)) {
      if (frame.name === 'comment:created') arrivals.set(frame.data.id, { at: frame.at, receivedMs });
      if (!state.onEvent(frame)) again(state);
    } else if (frame.name in stateEvents && !state.onState(frame)) again(state);
  });

  const stop = () => void socket.disconnect();
  try {
    await connected(socket, url);
    await Promise.all([...streams.values()].map((state) => subscribe(socket, state)));
  } catch (error) {
    stop();
    throw error;
  }
  // From here on a connection that comes back goes on where it was.
  socket.on('connect', () => {
    for (const state of streams.values()) again(state);
  });
  return { streams, arrivals, resubscribes: () => resubscribes, lastNewsMs: () => lastNewsMs, faults, stop };
}

/** Until the answer is in; a connection that breaks meanwhile subscribes anew when it is back. */
async function subscribe(socket: WatcherSocket, state: StreamState): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (!socket.connected) return;
    const asked = socket.timeout(answerWithinMs).emitWithAck('subscribe', state.request());
    const answer = await asked.catch(() => null);
    if (answer && !answer.ok) throw new CommandFailed(`subscribe ${state.stream} was refused: ${answer.error.code}`);
    if (answer?.ok && state.onAnswer(answer)) return;
    await delay(50 * attempt);
  }
  throw new CommandFailed(`${state.stream} could not be subscribed to in ${maxAttempts} attempts`);
}

function isLog(frame: LogFrame | StateFrame): frame is LogFrame {
  return frame.name in logEvents;
}

/** A refusal has a code and is final; a handshake that fails otherwise is tried again by the socket itself, for a while. */
function connected(socket: WatcherSocket, url: string): Promise<void> {
  const deadline = performance.now() + connectWithinMs;
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.on('connect_error', (error) => {
      if (socket.active && performance.now() < deadline) return;
      reject(new CommandFailed(`A watcher could not connect to ${url}: ${error.message}.`));
    });
  });
}
