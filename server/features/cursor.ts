import { z } from 'zod';
import { idSchema } from '../contract/primitives.ts';
import { Refusal } from '../platform/refusal.ts';

/** The keyset of lists by time then id; `at` as iso() writes it. */
export const timeKeyset = z.object({
  at: z.iso.datetime({ precision: 6 }).refine((at) => !at.startsWith('0000')),
  id: idSchema,
});

/** Opaque to clients: the keyset of the last item. A cursor that this list did not make is refused, never guessed at. */
export function encodeCursor(keyset: unknown): string {
  return Buffer.from(JSON.stringify(keyset)).toString('base64url');
}

export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.infer<S> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Refusal('invalid_cursor');
  }
}
