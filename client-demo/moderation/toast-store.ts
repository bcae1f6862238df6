import { Store } from '../lib/store.ts';

export interface Said {
  readonly text: string;
  readonly tone: 'plain' | 'problem';
  readonly at: number;
}

/** What the desk says of the last act, beside the undo. */
export const said = new Store<Said | null>(null);

export const say = (text: string, tone: Said['tone'] = 'plain'): void => said.set({ text, tone, at: Date.now() });
