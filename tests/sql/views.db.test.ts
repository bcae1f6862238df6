import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';
import { PROFILE } from './lineage-columns.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

const insert = async (table: string, rows: object[]): Promise<number[]> => {
  const ids: number[] = [];
  for (const row of rows) {
    const places = Object.keys(row).map((_, place) => `$${place + 1}`);
    const made = await db.run(
      `insert into ${table} (${Object.keys(row)}) values (${places}) returning id`,
      Object.values(row),
    );
    ids.push(made[0]?.id);
  }
  return ids;
};
const invoices = (campaign: number, rows: object[]) =>
  insert(
    'campaign_invoices',
    rows.map((row) => ({ campaign_id: campaign, ...row })),
  );

/** What a view says of a campaign beside the campaign's own 46 columns, all of which it has to have. */
async function added(view: string, campaign: number) {
  const [row = {}] = await db.run(`select to_jsonb(v) as row from ${view} v where id = $1`, [campaign]);
  const [own = {}] = await db.run('select to_jsonb(p) as row from campaign_profile p where id = $1', [campaign]);
  const rest: Record<string, unknown> = { ...row.row };
  for (const name of PROFILE) {
    expect({ [name]: rest[name] }).toEqual({ [name]: own.row[name] });
    delete rest[name];
  }
  return rest;
}

it('campaign_with_media shows the first of each kind by display_order, then id, and all in that order', async () => {
  const [id = 0, bare = 0] = await db.campaigns(2);
  const file = (media_type: string, display_order: number, file_url: string) => ({
    campaign_id: id,
    media_type,
    display_order,
    file_url,
  });
  const ids = await insert('campaign_media', [
    file('image', 2, 'second.png'),
    file('video', 5, 'first.mp4'),
    file('image', 1, 'first.png'),
    file('image', 1, 'also first.png'),
    { ...file('video', 9, 'last.mp4'), placement: 'popup', content_type: 'video/mp4', file_size: 5 },
  ]);
  const { all_media, ...firsts } = await added('campaign_with_media', id);
  expect(firsts).toEqual({ first_image_url: 'first.png', first_video_url: 'first.mp4' });
  const order = [2, 3, 0, 1, 4].map((place) => ids[place]);
  expect((all_media as { id: number }[]).map((one) => one.id)).toEqual(order);
  expect((all_media as object[])[4]).toMatchObject({ file_url: 'last.mp4', placement: 'popup', file_size: 5 });
  expect(await added('campaign_with_media', bare)).toEqual({
    first_image_url: null,
    first_video_url: null,
    all_media: [],
  });
});

it('campaign_with_payment_summary counts by status as the definitions say', async () => {
  const [id = 0, bare = 0] = await db.campaigns(2);
  const nothing = { total_invoices: 0, total_impressions_billed: 0, total_paid: 0, total_outstanding: 0 };
  const unpaid = { deposit_paid: false, final_settlement_paid: false, last_billed_at: null };
  expect(await added('campaign_with_payment_summary', bare)).toEqual({ ...nothing, ...unpaid, invoices: [] });
  const ids = await invoices(id, [
    { status: 'paid', amount: 100, refund_amount: 30, impressions_delivered: 1_000, outstanding_amount: 5 },
    { status: 'paid', amount: 50.25, invoice_type: 'deposit', issued_at: '2026-02-01T00:00:00Z' },
    {
      status: 'open',
      amount: 80,
      outstanding_amount: 60.5,
      impressions_delivered: 200,
      issued_at: '2026-03-01T00:00:00Z',
    },
    { status: 'uncollectible', amount: 70, outstanding_amount: 70, impressions_delivered: 30 },
    {
      status: 'draft',
      amount: 9,
      outstanding_amount: 9,
      impressions_delivered: 4_000,
      invoice_type: 'final_settlement',
    },
    {
      status: 'void',
      amount: 8,
      outstanding_amount: 8,
      impressions_delivered: 50_000,
      issued_at: '2026-01-01T00:00:00Z',
    },
  ]);
  const { invoices: all, ...sums } = await added('campaign_with_payment_summary', id);
  expect(sums).toEqual({
    ...{ total_invoices: 5, total_impressions_billed: 1_230, total_paid: 120.25, total_outstanding: 60.5 },
    ...{ deposit_paid: true, final_settlement_paid: false, last_billed_at: '2026-03-01T00:00:00+00:00' },
  });
  expect((all as { id: number }[]).map((one) => one.id)).toEqual(ids);
});
