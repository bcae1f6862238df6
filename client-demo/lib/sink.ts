/** What a stream needs around it, and what it can be told. */
import type { Answer, Frame } from './frames.ts';
import type { Position, Verdict } from './position.ts';

export interface Sink {
  position: () => Position | null;
  apply: (frame: Frame) => Verdict;
  /** Reads everything anew over HTTP, and with it a position. Nothing changes until the answer is called. */
  snapshot: () => Promise<() => void>;
}

export type Asked =
  | { readonly mode: 'answered'; readonly answer: Answer }
  | { readonly mode: 'refused'; readonly code: string }
  /** An event in the answer is of a shape that we don't know. */
  | { readonly mode: 'unreadable' }
  /** No answer within the deadline, or the connection broke. */
  | { readonly mode: 'silent' };

export type StreamPhase = 'waiting' | 'asking' | 'following' | 'refused';
