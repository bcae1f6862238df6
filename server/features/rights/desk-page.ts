import { z } from 'zod';
import { idSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import type { Answer } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';

interface Asked {
  limit: number;
  cursor?: string | undefined;
  status?: string | undefined;
}

/**
 * A page of a list of the desk by id, the oldest first, as work is done. `text` gets the status or null, the id after which
 * to go on, and how many; it answers rows `{document}` whose documents have an id.
 */
export async function deskPage(
  pool: Pool,
  { limit, cursor, status }: Asked,
  { list, text }: { list: string; text: string },
): Promise<Answer> {
  const keyset = z.object({ list: z.literal(list), status: z.literal(status ?? null), id: idSchema });
  const after = decodeCursor(keyset, cursor);
  const { rows } = await pool.query<{ document: { id: number } }>({
    name: `desk_${list}`,
    text,
    values: [status ?? null, after?.id ?? 0, limit + 1],
  });
  const items = rows.slice(0, limit).map(({ document }) => document);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const nextCursor = last ? encodeCursor({ list, status: status ?? null, id: last.id }) : null;
  return { status: 200, body: { items, nextCursor } };
}
