import type { Psql } from './counting.ts';

/** What the tests of billing do and ask, as another program on the database. */
export function billingWorld(db: Psql) {
  const { run } = db;
  /** A live campaign of advertiser 5 with a budget of 100 at 0.25, seen this many times. */
  const seen = async (times: number, columns: Record<string, unknown> = {}): Promise<number> => {
    const [id = 0] = await db.campaigns(1);
    await run('update campaign_profile set campaign_budget = 100 where id = $1', [id]);
    for (const [name, value] of Object.entries(columns)) {
      await run(`update campaign_profile set ${name} = $2 where id = $1`, [id, value]);
    }
    await run(
      `insert into campaign_impressions (campaign_id, session_id) select $1, 's' || n from generate_series(1, $2) n`,
      [id, times],
    );
    return id;
  };
  const close = async (id: number, kind = 'cycle', most: number | null = null) =>
    (await run(`select (to_jsonb(i)) as invoice from close_billing($1, $2, $3) i`, [id, kind, most]))[0]?.invoice;
  const move = async (invoice: number, to: string) =>
    (await run('select to_jsonb(i) as invoice from move_invoice($1, $2, null, null) i', [invoice, to]))[0]?.invoice;
  const balances = async (id: number) =>
    (
      await run(
        `select total_charged::float8 as charged, amount_used::float8 as used, outstanding_balance::float8 as outstanding,
         remaining_balance::float8 as remaining from campaign_profile where id = $1`,
        [id],
      )
    )[0];
  const charged = async (id: number) =>
    (await run('select count(*)::int as n from campaign_impressions where campaign_id = $1 and charged', [id]))[0]?.n;
  const judge = (id: number, n: number) =>
    run(
      `insert into impression_verdict (impression_id, class, rule, rule_version)
     select id, 'crawler', 'test', 1 from campaign_impressions where campaign_id = $1 order by id limit $2`,
      [id, n],
    );
  const invoices = (id: number, type: string) =>
    run(
      `select id, amount::float8 as amount, refund_amount::float8 as refund, outstanding_amount::float8 as outstanding, status,
       impressions_delivered::int as delivered from campaign_invoices where campaign_id = $1 and invoice_type = $2 order by id`,
      [id, type],
    );

  return { seen, close, move, balances, charged, judge, invoices };
}
