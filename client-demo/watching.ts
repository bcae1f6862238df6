/** React's view of a store: a component is drawn again only when what it selects has changed. */
import { useRef, useSyncExternalStore } from 'react';
import type { Store } from './lib/store.ts';

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);

export function useSelected<S, T>(store: Store<S>, select: (state: S) => T): T {
  const last = useRef<T | undefined>(undefined);
  return useSyncExternalStore(store.subscribe, () => {
    const value = select(store.get());
    if (last.current !== undefined && isSame(last.current, value)) return last.current;
    last.current = value;
    return value;
  });
}

/** Equal by identity, or as plain objects and arrays of such. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
