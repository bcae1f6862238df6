/** What a tab and the keeper of the browser's sockets say to each other. Both are ours, and of one build. */

/** A tab says that it took so many messages whenever it did. */
export const TAKEN_EVERY = 256;

export type FromTab =
  /** Always the first. `alive` names a lock that the tab holds for as long as it lives; null where nobody can outlive it. */
  | { do: 'connect'; url: string; person: string; auth: object; alive: string | null }
  | { do: 'ask'; id: number; name: string; payload: unknown }
  | { do: 'took'; messages: number }
  /** The socket seems dead: nobody gets anything over it any more. */
  | { do: 'recycle' }
  | { do: 'leave' };

export type ToTab =
  | { told: 'connect' }
  | { told: 'answer'; id: number; answer: unknown }
  | { told: 'event'; name: string; payload: unknown }
  /** The last words of a port: there is no socket behind it (any more). */
  | { told: 'disconnect' }
  | { told: 'connect_error'; data: unknown };
