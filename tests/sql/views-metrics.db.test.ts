import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';
import { PROFILE } from './lineage-columns.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

async function metricsOf(campaign: number) {
  const [row = {}] = await db.run(
    `select (to_jsonb(v) - $2::text[]) as metrics, to_jsonb(v) ?& $2::text[] as whole from campaign_with_full_metrics v where id = $1`,
    [campaign, PROFILE],
  );
  expect(row.whole).toBe(true);
  return row.metrics;
}

const counts = (impressions: number, reach: number, clicks: number, conversions: number) => ({
  ...{ impressions, impressions_delivered: impressions, reach, clicks, conversions },
});
const social = (likes: number, shares: number, comments: number, saves: number, followers: number) => ({
  ...{ likes, shares, comments, saves, followers },
});
const rates = (viewability: number, clickThrough: number, conversion: number, engagement: number) => ({
  ...{ viewability_rate: viewability, click_through_rate: clickThrough },
  ...{ conversion_rate: conversion, engagement_rate: engagement },
});
const bill = (campaign: number, status: string, amount: number, type = 'cycle', refund = 0) =>
  db.run(
    'insert into campaign_invoices (campaign_id, status, amount, invoice_type, refund_amount) values ($1, $2, $3, $4, $5)',
    [campaign, status, amount, type, refund],
  );

it('a campaign nobody saw has zeros everywhere: no denominator is an error', async () => {
  const [id = 0] = await db.campaigns(1);
  const zero = { ...counts(0, 0, 0, 0), ...social(0, 0, 0, 0, 0), ...rates(0, 0, 0, 0) };
  expect(await metricsOf(id)).toEqual({ ...zero, frequency: 0, marketing_efficiency_ratio: 0 });
  await db.engage(id, 1, 'like');
  expect(await metricsOf(id)).toMatchObject({ likes: 1, engagement_rate: 0 });
});

it('every rate is the quotient that the definitions say, with six decimals', async () => {
  const [id = 0] = await db.campaigns(1);
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    await db.see(id, `s${n % 3}`, { is_viewable: n <= 5, clicked: n <= 3, converted: n <= 2 });
  }
  const comment = await db.engage(id, 1, 'comment');
  await db.engage(id, 2, 'like', comment); // of a comment: no engagement with the campaign
  for (const type of ['like', 'bookmark', 'save', 'share']) await db.engage(id, 2, type);
  await bill(id, 'paid', 10, 'cycle', 4);
  await bill(id, 'open', 1, 'final_settlement');
  await bill(id, 'uncollectible', 2);
  for (const [status, type] of [
    ['draft', 'cycle'],
    ['void', 'cycle'],
    ['paid', 'deposit'],
    ['paid', 'credit_note'],
  ]) {
    await bill(id, status ?? '', 1_000, type);
  }
  expect(await metricsOf(id)).toEqual({
    ...{ ...counts(7, 3, 3, 2), ...social(1, 1, 1, 1, 1) },
    ...rates(0.714286, 0.428571, 0.666667, 0.714286), // 5/7, 3/7, 2/3, 5/7
    ...{ frequency: 2.333333, marketing_efficiency_ratio: 0.222222 }, // 7/3, 2/(6+1+2)
  });
});

it('conversions without clicks, and bills that were refunded whole, give 0', async () => {
  const [id = 0] = await db.campaigns(1);
  await db.see(id, 's1', { converted: true });
  await bill(id, 'paid', 10, 'cycle', 10);
  expect(await metricsOf(id)).toEqual({
    ...{ ...counts(1, 1, 0, 1), ...social(0, 0, 0, 0, 0), ...rates(0, 0, 0, 0) },
    ...{ frequency: 1, marketing_efficiency_ratio: 0 },
  });
});

it('impressions with a verdict and comments that are not shown count nowhere', async () => {
  const [id = 0] = await db.campaigns(1);
  await db.run('begin');
  await db.run(`insert into impression_verdict values (9901, 'bot', 'crawler', 1)`);
  await db.run(
    `insert into campaign_impressions (id, campaign_id, session_id, clicked) overriding system value
     values (9901, $1, 's1', true), (9902, $1, 's2', false)`,
    [id],
  );
  await db.run(`insert into comment_state (comment_id, campaign_id, status) values (9901, $1, 'pending')`, [id]);
  await db.run(
    `insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text) overriding system value
     values (9901, $1, 7, 'comment', 'held'), (9902, $1, 7, 'comment', 'shown')`,
    [id],
  );
  await db.run('commit');
  expect(await metricsOf(id)).toEqual({
    ...{ ...counts(1, 1, 0, 0), ...social(0, 0, 1, 0, 0), ...rates(0, 0, 0, 1) },
    ...{ frequency: 1, marketing_efficiency_ratio: 0 },
  });
});
