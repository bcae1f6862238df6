import { z } from 'zod';
import { idParamSchema } from '../../contract/primitives.ts';
import { personSchema } from '../../contract/sanction.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { moderates } from '../visible-comment.ts';

/** Anybody with a token may turn up as a user, so there is no id that is not one. */
export const readPerson = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/users/:id',
    summary: 'A user as moderators know them: the record, the sanctions, what was decided',
    access: moderates,
    params: z.object({ id: idParamSchema }),
    answers: { 200: personSchema },
    handle: async ({ params }) => {
      const { rows } = await pool.query<{ document: unknown }>({
        name: 'person_document',
        text: 'select person_document($1) as document',
        values: [params.id],
      });
      return { status: 200, body: rows[0]?.document };
    },
  });
