import type { Pool } from '../platform/db.ts';

/** A place in a stream, as `subscribe` and `?after=` take it. */
export interface StreamPosition {
  stream: string;
  epoch: string;
  seq: number;
}

/** What a write function of the database answers for one item (type write_outcome in the migrations). */
export interface WriteAnswer {
  /** An HTTP status, or 0 when `outcome` is a problem code. */
  status: number;
  outcome: string;
  version: number | null;
  body: unknown;
  /** Where the campaign's stream stands with this write in it; null where nothing was written. */
  position: StreamPosition | null;
}

/**
 * Sends a batch to a write function `name(items jsonb) returns setof write_outcome`: one statement is one transaction and
 * one round trip. Each item gets its place as `o`, and the answers are put back into that order.
 */
export function sendBatchTo<Item extends object>(db: Pick<Pool, 'query'>, name: string) {
  const text = `select o, status, outcome, version, body, position from ${name}($1::jsonb)`;
  return async (items: Item[]): Promise<WriteAnswer[]> => {
    const payload = JSON.stringify(items.map((item, o) => ({ ...item, o })));
    const { rows } = await db.query<WriteAnswer & { o: number }>({ name, text, values: [payload] });
    const answers = new Array<WriteAnswer>(items.length);
    for (const { o, ...answer } of rows) answers[o] = answer;
    const missing = items.findIndex((_, place) => answers[place] === undefined);
    if (missing >= 0) throw new Error(`${name} gave no outcome for item ${missing} of ${items.length}`);
    return answers;
  };
}
