import { moderationStatsQuery, moderationStatsSchema } from '../../contract/moderation-stats.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { moderates } from '../visible-comment.ts';

const defaultMs = 30 * 86_400_000;

/** Counted anew at each call, among the long and rare reads. */
export const readModerationStats = (pastPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/stats',
    summary: 'How moderation did: what came in, how long it took, who agreed',
    access: moderates,
    query: moderationStatsQuery,
    answers: { 200: moderationStatsSchema },
    handle: async ({ query }) => {
      const to = query.to ?? new Date().toISOString();
      const from = query.from ?? new Date(Date.parse(to) - defaultMs).toISOString();
      const { rows } = await pastPool.query<{ document: unknown }>({
        name: 'moderation_stats',
        text: 'select moderation_stats($1, $2) as document',
        values: [from, to],
      });
      return { status: 200, body: rows[0]?.document };
    },
  });
