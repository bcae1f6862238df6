import type { TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';

type Rows = Untyped[];

/** The statistics of moderation counted the slow way, from whole tables, comment by comment. */
export async function recountedStats({ pool }: Pick<TestApp, 'pool'>, from: Date, to: Date) {
  const read = async (sql: string): Promise<Rows> => (await pool.query(sql)).rows;
  const log = await read('select * from moderation_log order by id');
  const flags = await read('select * from comment_flag order by id');
  const hits = await read(`select * from comment_rule_hit where outcome = 'flag' and not shadow`);
  const appeals = await read('select * from moderation_appeal');
  const within = (at: Date | null) => at !== null && at >= from && at < to;

  const undone = new Set(log.map(({ undoes }) => undoes));
  const isDecision = (line: Untyped) => ['approve', 'reject'].includes(line.action) && line.actor_id !== null;
  const decisions = log.filter((line) => isDecision(line) && within(line.at));
  const byRules = log.filter(
    (line) => line.actor_id === null && ['hold', 'refuse'].includes(line.action) && within(line.at),
  );

  let inbound = 0;
  const spent: number[] = [];
  for (const comment of new Set([...log, ...flags, ...hits].map(({ comment_id }) => comment_id))) {
    const moments = [
      ...flags
        .filter((one) => one.comment_id === comment)
        .map((one) => ({ at: one.created_at, decides: false, id: 0 })),
      ...log
        .filter(
          (one) => one.comment_id === comment && (['hold', 'refuse', 'undo'].includes(one.action) || isDecision(one)),
        )
        .map((one) => ({ at: one.at, decides: isDecision(one), id: one.id })),
    ].sort((a, b) => a.at - b.at || a.id - b.id);
    let came: Date | null = null;
    for (const { at, decides } of moments) {
      if (!decides && came === null && within(at)) inbound++;
      if (!decides) came ??= at;
      if (decides && came !== null && within(at)) spent.push(at.getTime() - came.getTime());
      if (decides) came = null;
    }
  }

  const answered = appeals.filter(
    ({ status, decided_at }) => ['granted', 'denied'].includes(status) && within(decided_at),
  );
  const settled = flags.filter(
    ({ outcome, settled_by }) =>
      ['agreed', 'disagreed'].includes(outcome) && decisions.some(({ id }) => id === settled_by),
  );
  const count = (list: Rows, holds: (one: Untyped) => boolean) => list.filter(holds).length;
  return {
    inbound,
    handled: decisions.length,
    medianMs: quantile(spent, 0.5),
    p90Ms: quantile(spent, 0.9),
    byReason: Object.fromEntries(
      [...new Set(decisions.filter(({ action }) => action === 'reject').map(({ reason }) => reason))].map((reason) => [
        reason,
        count(decisions, (one) => one.action === 'reject' && one.reason === reason),
      ]),
    ),
    byModerator: [...new Set(decisions.map(({ actor_id }) => actor_id))]
      .sort((a, b) => a - b)
      .map((id) => ({
        id,
        approved: count(decisions, (one) => one.actor_id === id && one.action === 'approve'),
        rejected: count(decisions, (one) => one.actor_id === id && one.action === 'reject'),
        undone: count(decisions, (one) => one.actor_id === id && undone.has(one.id)),
      })),
    automated: {
      held: count(byRules, (one) => one.action === 'hold'),
      rejected: count(byRules, (one) => one.action === 'refuse'),
    },
    automatedShare: byRules.length / (byRules.length + decisions.length),
    undone: count(decisions, ({ id }) => undone.has(id)),
    flags: { settled: settled.length, agreed: count(settled, ({ outcome }) => outcome === 'agreed') },
    appeals: {
      filed: count(appeals, ({ created_at }) => within(created_at)),
      decided: answered.length,
      upheld: count(answered, ({ status }) => status === 'granted'),
    },
    appealMedianMs: quantile(
      answered.map(({ decided_at, created_at }) => decided_at - created_at),
      0.5,
    ),
  };
}

/** By linear interpolation, as SQL's percentile_cont. */
function quantile(values: number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}
