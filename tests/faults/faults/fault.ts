import type { Violation, Writes } from '../history.ts';
import type { Recorder } from '../recorder.ts';
import type { World } from '../world.ts';

/** What the world is told to suffer. */
export interface Fault {
  name: string;
  /** For how long it lasts, between these two, in seconds. */
  lasts: [least: number, most: number];
  /** Everybody has to have everything while it lasts, so many seconds after it began. */
  convergesWithin?: number;
  /** With few events, where so many hear each of them that more would only measure this machine. */
  calm?: boolean;
  /** Part of the short form. */
  short?: boolean;
  begin(world: World, cast: FaultCast): Promise<Begun>;
}

/** Who is there when it happens. */
export interface FaultCast {
  campaignId: number;
  recorders: Recorder[];
  writes: Writes;
}

export interface Begun {
  /** Places of nodes whose own clients may be silent while it lasts. */
  hit: number[];
  /** The name of a watcher that is hit by itself. */
  hitWatcher?: string;
  /** Ends it and resolves when that is done: from then on the 15 seconds of the contract count. */
  undo(): Promise<void>;
  /** What those saw whom the fault brought along, when the stream stands at `head`. */
  violations?(head: number): Violation[];
  /** A figure of its own. */
  note?(): string;
  /** When all is over. */
  leave?(): void;
}
