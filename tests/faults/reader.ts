/*
 * The client library as shipped (its connection, stream, reader and reducer) on a socket of Node's. The two things that
 * it asks of a browser are whether it is online and when that changes.
 */
import { createApi } from '../../client-demo/lib/api.ts';
import { Connection } from '../../client-demo/lib/connection.ts';
import { systemClock } from '../../client-demo/lib/delay.ts';
import { createHttp } from '../../client-demo/lib/http.ts';
import type { ThreadAccess } from '../../client-demo/lib/reading.ts';
import type { StreamPhase } from '../../client-demo/lib/sink.ts';
import { reduce } from '../../client-demo/lib/thread/reduce.ts';
import { isShown, shownTop, tallyOf } from '../../client-demo/lib/thread/select.ts';
import { emptyThread, type ThreadState } from '../../client-demo/lib/thread/state.ts';
import { createThreadStream } from '../../client-demo/lib/thread-stream.ts';

const machine = { onLine: true };
let browser = new EventTarget();
Object.defineProperty(globalThis, 'navigator', { value: machine, configurable: true });
Object.assign(globalThis, {
  addEventListener: (type: string, listener: () => void) => browser.addEventListener(type, listener),
});

export interface Reader {
  name: string;
  home: number;
  glass(): string[];
  heardAt(): number[];
}

/** All of them let go of their sockets and try no more, as those of a browser that goes offline and stays so. */
export function closeReaders(): void {
  machine.onLine = false;
  browser.dispatchEvent(new Event('offline'));
  machine.onLine = true;
  browser = new EventTarget();
}

const anonymous = { token: async () => null, renew: async () => null };

/** Resolves when it follows the campaign. */
export async function read(url: string, campaignId: number, name: string, home: number): Promise<Reader> {
  let state = emptyThread();
  const heard: number[] = [];
  const thread: ThreadAccess = {
    campaignId,
    api: createApi(createHttp({ base: url })),
    get: () => state,
    dispatch(message) {
      const outcome = reduce(state, message);
      state = outcome.state;
      if (message.kind === 'log' && outcome.verdict === 'applied') heard.push(performance.now());
      return outcome.verdict;
    },
  };
  const connection = new Connection({ url, credentials: anonymous });
  let followed = () => {};
  const following = new Promise<void>((resolve) => {
    followed = resolve;
  });
  const onPhase = (phase: StreamPhase) => phase === 'following' && followed();
  const stream = createThreadStream({
    thread,
    connection,
    clock: systemClock,
    holds: () => false,
    onArrival: () => {},
    onPhase,
  });
  connection.listen({
    onPhase: (phase) => (phase === 'up' ? stream.up() : stream.down()),
    onFrame: (frame) => frame.stream === stream.name && stream.receive(frame),
  });
  connection.open();
  await following;
  return {
    name,
    home,
    glass: () => glassOf(state),
    heardAt: () => heard,
  };
}

/** The counters, the order of the top level, and each comment that is shown, as the database's glass has it. */
function glassOf(state: ThreadState): string[] {
  const { head, tail } = shownTop(state);
  const shown = [...state.comments.keys()].filter((id) => isShown(state, id)).sort((a, b) => a - b);
  const counts = (['likes', 'shares', 'comments', 'saves', 'bookmarks', 'impressions'] as const).map(
    (field) => `${field} ${state.counters[field]?.value ?? 0}`,
  );
  return [
    counts.join(', '),
    `top ${[...head, ...tail].join(' ')}`,
    ...shown.map((id) => {
      const tallies = (['likes', 'replies', 'descendants'] as const).map((field) => tallyOf(state, id, field));
      const comment = state.comments.get(id)?.comment;
      return glassLine({ id, parent: comment?.parentId ?? null, tallies, text: comment?.text ?? null });
    }),
  ];
}

export const glassLine = (line: { id: number; parent: number | null; tallies: number[]; text: string | null }) =>
  `${line.id} under ${line.parent ?? 'nothing'}, ${line.tallies.join('/')}: ${line.text ?? '(taken back)'}`;
