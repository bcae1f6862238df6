/**
 * Absolute values where the newest wins, each field by itself: an answer that knows only `likes` may be newer in likes
 * and must not hide an older frame that brings `replies`.
 *
 * Values with a version are ordered by it. HTTP reads bring none; they are judged by a clock of our own that ticks with
 * each state frame: a read that was sent after a frame came saw at least what the frame saw, and a read that a frame
 * overtook is left out, because whatever it knew better is still on its way as a frame.
 */
export interface Register {
  readonly value: number;
  readonly version: number;
  readonly tick: number;
}

export type Registers<K extends string> = { readonly [P in K]?: Register };
type Values<K extends string> = { readonly [P in K]?: number };

/** Returns `known` itself when nothing is newer. */
export function mergeVersioned<K extends string>(
  known: Registers<K>,
  values: Values<K>,
  stamp: { version: number; tick: number },
): Registers<K> {
  return merge(known, values, (before, value) =>
    before === undefined || stamp.version > before.version ? { value, ...stamp } : before,
  );
}

/** `since` is the tick at which the read was sent. */
export function mergeRead<K extends string>(known: Registers<K>, values: Values<K>, since: number): Registers<K> {
  return merge(known, values, (before, value) => {
    if (before === undefined) return { value, version: -1, tick: -1 };
    if (before.tick > since || before.value === value) return before;
    return { ...before, value };
  });
}

export const amount = <K extends string>(registers: Registers<K> | undefined, key: K): number =>
  registers?.[key]?.value ?? 0;

function merge<K extends string>(
  known: Registers<K>,
  values: Values<K>,
  choose: (before: Register | undefined, value: number) => Register,
): Registers<K> {
  let merged = known;
  for (const key in values) {
    const value = values[key];
    if (value === undefined) continue;
    const chosen = choose(known[key], value);
    if (chosen !== known[key]) merged = { ...merged, [key]: chosen };
  }
  return merged;
}
