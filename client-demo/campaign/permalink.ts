/** The comment that the address names: `?comment=ID`. */
import { Store } from '../lib/store.ts';

/** The one that is marked; null when none is. */
export const markedComment = new Store<number | null>(null);

/** The top-level comment that a windowed list is to bring into sight; null: none. */
export const wantedRoot = new Store<number | null>(null);

export function commentIn(search: string): number | null {
  const text = new URLSearchParams(search).get('comment') ?? '';
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}
