/** What a server tells besides frames, read with care: it comes from outside. */
import { z } from 'zod';

const LONGEST_MS = 60_000;
const comeBack = z.object({ reconnectInMs: z.number().min(0) });
const closed = z.object({ stream: z.string() });
const refused = z.object({ code: z.enum(['token_expired', 'token_revoked', 'invalid_token']) });

/** How long a server that sends us away, or refuses us, asks us to stay away. */
export function awayTime(notice: unknown): number | null {
  const read = comeBack.safeParse(notice);
  return read.success ? Math.min(read.data.reconnectInMs, LONGEST_MS) : null;
}

/** Which stream we were sent out of. */
export function closedStream(notice: unknown): string | null {
  const read = closed.safeParse(notice);
  return read.success ? read.data.stream : null;
}

/** Whether another token would help against this `connect_error`. */
export const isAboutToken = (data: unknown): boolean => refused.safeParse(data).success;
