import { z } from 'zod';
import { idSchema } from '../../contract/primitives.ts';
import { listStatementsQuery, type Statement, statementPageSchema } from '../../contract/statement.ts';
import type { Pool } from '../../platform/db.ts';
import { type Answer, type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { moderates } from '../visible-comment.ts';
import { exportStatements } from './export-statements.ts';

const keyset = z.object({ list: z.literal('statements'), id: idSchema });

/** What every restriction was for, in the fields of the DSA Transparency Database. */
export const listStatements = (pool: Pool, pastPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/statements',
    summary: 'Statements of reasons, newest first; or all of them as NDJSON or CSV, oldest first',
    access: moderates,
    query: listStatementsQuery,
    answers: { 200: z.union([statementPageSchema, z.string()]) },
    handle: async ({ query: { format, limit, cursor } }): Promise<Answer> => {
      if (format) return exportStatements(pastPool, format);
      const before = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ document: Statement }>({
        name: 'statements',
        text: `select document from moderation_statement where $1::bigint is null or id < $1 order by id desc limit $2`,
        values: [before?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit).map(({ document }) => document);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const nextCursor = last ? encodeCursor({ list: 'statements', id: Number(last.puid) }) : null;
      return { status: 200, body: { items, nextCursor } };
    },
  });
