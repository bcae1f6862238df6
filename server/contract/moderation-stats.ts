import { z } from 'zod';
import { idSchema, timeSchema } from './primitives.ts';

const count = z.int().min(0);
const milliseconds = z.number().min(0).nullable();
/** 0 to 1 with four digits; null where there is nothing to have a share of. */
const share = z.number().min(0).max(1).nullable();

/** Without times: the last 30 days. */
export const moderationStatsQuery = z
  .object({ from: timeSchema.optional(), to: timeSchema.optional() })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'has to come after from',
  });

/** From the log, the flags, the appeals and the notices, of `from` until before `to`; `open` is of now. */
export const moderationStatsSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  /** Comments that came before the moderators: reported by readers or rules, or held, for the first time since they were last decided. */
  inbound: count,
  /** Decisions of moderators. */
  handled: count,
  open: count,
  timeToDecision: z.object({ count, medianMs: milliseconds, p90Ms: milliseconds }),
  byReason: z.array(z.object({ reason: z.string().nullable(), rejected: count })),
  byModerator: z.array(z.object({ id: idSchema, approved: count, rejected: count, undone: count })),
  /** What rules decided alone, as a share of all decisions. */
  automated: z.object({ held: count, rejected: count, share }),
  agreement: z.object({
    decisions: z.object({ count, undone: count, share }),
    flags: z.object({ settled: count, agreed: count, share }),
  }),
  appeals: z.object({ filed: count, decided: count, upheld: count, medianMs: milliseconds }),
  notices: z.object({ filed: count, decided: count, upheld: count }),
});
