/** What a server tells besides frames, read with care: it comes from outside. */
import { z } from 'zod';

const LONGEST_MS = 60_000;
const draining = z.object({ reconnectInMs: z.number().min(0) });
const refused = z.object({ code: z.enum(['token_expired', 'invalid_token']) });

/** How long a server that goes down asks us to stay away. */
export function drainTime(notice: unknown): number | null {
  const read = draining.safeParse(notice);
  return read.success ? Math.min(read.data.reconnectInMs, LONGEST_MS) : null;
}

/** Whether another token would help against this `connect_error`. */
export const isAboutToken = (data: unknown): boolean => refused.safeParse(data).success;
