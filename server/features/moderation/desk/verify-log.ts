import { z } from 'zod';
import { timeSchema } from '../../../contract/primitives.ts';
import type { Pool } from '../../../platform/db.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { moderates } from '../../visible-comment.ts';

/**
 * `differences`: lines that are not what their hashes say, and decisions that are named and not in the log. `head` is the
 * newest line's hash: kept elsewhere, it proves later that nothing before it was changed.
 */
const verificationSchema = z.object({
  lines: z.int().min(0),
  head: z.string().nullable(),
  differences: z.int().min(0),
  at: timeSchema,
});

/** Walks the whole chain, as `audit` does; among the long and rare reads. */
export const verifyLog = (pastPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/log/verification',
    summary: 'Recompute the hash of every line of the log',
    access: moderates,
    answers: { 200: verificationSchema },
    handle: async () => {
      const { rows } = await pastPool.query({
        name: 'verify_moderation_log',
        text: `select (select count(*) from moderation_log) as lines,
                 (select encode(hash, 'hex') from moderation_log order by id desc limit 1) as head,
                 (select count(*) from audit_moderation_log()) as differences, iso(clock_timestamp()) as at`,
      });
      return { status: 200, body: rows[0] };
    },
  });
