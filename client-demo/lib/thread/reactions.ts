/**
 * Likes, saves and follows of our own. While one is on its way the count that was promised stays on the glass; the answer
 * or the failure gives way to the true one.
 */
import { amount, mergeRead, mergeVersioned, type Registers } from '../registers.ts';
import type { Message } from './messages.ts';
import { type CounterField, type ReactionKey, type ThreadState, withEntry, withoutEntry } from './state.ts';

type ReactionMessage = Extract<
  Message,
  { kind: 'mine' | 'intended' | 'unintended' | 'reacted' | 'comment-reacted' | 'counted' }
>;
interface Source {
  readonly version: number | null;
  readonly since: number;
}

export function reduceReaction(state: ThreadState, message: ReactionMessage): ThreadState {
  switch (message.kind) {
    case 'mine':
      return withMine(
        state,
        Object.fromEntries(message.keys.filter((key) => !state.mine.has(key)).map((key) => [key, true])),
      );
    case 'intended':
      return intended(state, message.key, message.on);
    case 'unintended':
      return { ...state, intents: withoutEntry(state.intents, message.key) };
    case 'reacted':
      return withMine(withCounts(state, message.counts, message), message.mine);
    case 'comment-reacted': {
      const tally = merge(state.tallies.get(message.id) ?? {}, { likes: message.likes }, message, state.tick);
      return withMine({ ...state, tallies: withEntry(state.tallies, message.id, tally) }, message.mine);
    }
    case 'counted':
      return withCounts(state, message.counts, message);
    default:
      return message satisfies never;
  }
}

/** The count shown while it is on its way is decided now, so that an early broadcast is not counted twice. */
function intended(state: ThreadState, key: ReactionKey, on: boolean): ThreadState {
  const before = state.intents.get(key);
  const shown = before?.shown ?? countOf(state, key);
  const was = before?.on ?? state.mine.get(key) ?? false;
  const step = on === was ? 0 : on ? 1 : -1;
  return { ...state, intents: withEntry(state.intents, key, { on, shown: Math.max(0, shown + step) }) };
}

const fields = { like: 'likes', save: 'saves', bookmark: 'bookmarks' } as const satisfies Record<string, CounterField>;

/** The count of a reaction as the server last told it. */
export function countOf(state: ThreadState, key: ReactionKey): number {
  if (key === 'like' || key === 'save' || key === 'bookmark') return amount(state.counters, fields[key]);
  return amount(state.tallies.get(Number(key.slice('comment:'.length))), 'likes');
}

const withCounts = (
  state: ThreadState,
  counts: Partial<Record<CounterField, number>>,
  source: Source,
): ThreadState => ({
  ...state,
  counters: merge(state.counters, counts, source, state.tick),
});

function merge<K extends string>(known: Registers<K>, values: { [P in K]?: number }, source: Source, tick: number) {
  return source.version === null
    ? mergeRead(known, values, source.since)
    : mergeVersioned(known, values, { version: source.version, tick });
}

function withMine(state: ThreadState, mine: Readonly<Partial<Record<ReactionKey, boolean>>>): ThreadState {
  const merged = new Map(state.mine);
  for (const key in mine) merged.set(key as ReactionKey, mine[key as ReactionKey] ?? false);
  return { ...state, mine: merged };
}
