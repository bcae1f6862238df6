import { useEffect, useState } from 'react';
import { LiveQuery, type Reading } from './lib/live-query.ts';
import type { Store } from './lib/store.ts';
import { useStore } from './watching.ts';

export interface LiveQueryOptions<T> {
  /** Another question has another key. */
  key: string;
  read: () => Promise<T>;
  /** Whenever it changes, the answer may have changed. */
  when: Store<unknown>;
  gapMs?: number;
  /** For what changes by time alone. */
  everyMs?: number;
}

/** An answer of the API that stays true while one looks. */
export function useLiveQuery<T>({ key, read, when, gapMs = 1_000, everyMs }: LiveQueryOptions<T>): Reading<T> {
  const [query] = useState(() => new LiveQuery<T>(gapMs));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read
  useEffect(() => {
    query.ask(read);
    return () => query.end();
  }, [query, key]);
  useEffect(() => {
    const touch = () => document.visibilityState === 'visible' && query.touch();
    const timer = everyMs === undefined ? undefined : setInterval(touch, everyMs);
    document.addEventListener('visibilitychange', touch);
    const end = when.subscribe(touch);
    return () => {
      end();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', touch);
    };
  }, [query, when, everyMs]);
  return useStore(query.state);
}
