import fc from 'fast-check';
import pg from 'pg';
import { readCatalog } from '../../server/platform/migrate/adopt/catalog.ts';

/** A random row: a literal in Postgres's own notation by column, null for NULL. */
type RandomRow = Record<string, string | null>;

/** Random rows of the four legacy tables; children belong to the campaign at `campaign` modulo their number. */
export interface LegacyRows {
  campaign_profile: RandomRow[];
  children: { table: string; campaign: number; row: RandomRow }[];
}

const AUDIENCES = ['tutor', 'student', 'parent', 'advertiser', 'user'];
const PLACEMENTS = ['placeholder', 'widget', 'popup', 'insession'];

/** Columns with a vocabulary; everything else is filled by its type alone. */
const VOCABULARIES: Record<string, fc.Arbitrary<string>> = {
  'campaign_profile.target_audiences': listOf(fc.constantFrom(...AUDIENCES)),
  'campaign_profile.target_placements': listOf(fc.constantFrom(...PLACEMENTS)),
  'campaign_profile.verification_status': fc.constantFrom('draft', 'pending', 'submitted', 'verified', 'rejected'),
  'campaign_profile.target_audience': fc.oneof(
    fc.constantFrom(...AUDIENCES),
    fc.constantFrom('everyone', 'Tutor', '', ' '),
  ),
  'campaign_invoices.status': fc.constantFrom('draft', 'open', 'paid', 'void', 'uncollectible'),
  'campaign_invoices.invoice_type': fc.constantFrom('deposit', 'cycle', 'final_settlement', 'credit_note'),
  'campaign_impressions.placement': fc.constantFrom(...PLACEMENTS),
  'campaign_impressions.device_type': fc.constantFrom('mobile', 'tablet', 'desktop', 'other'),
  'campaign_media.placement': fc.constantFrom(...PLACEMENTS),
  'campaign_media.media_type': fc.constantFrom('image', 'video'),
};

const text = fc.oneof(
  fc.constantFrom('', ' ', 'null', 'O\'Brien \\ "x"', 'a\nb\tc', '½ 👩🏽‍🏫 عربي', '\u00a0', '{}', '\ufeff'),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.toWellFormed().replaceAll('\0', '')),
);
const time = fc.oneof(
  fc.constantFrom('infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '1970-01-01 00:00:00.000001+00'),
  fc
    .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2200-01-01') })
    .map((d) => d.toISOString()),
);

/** Odd values first: extremes, NaN, infinities, negative zero, JSON null beside NULL, lists with NULLs. */
function anyOf(type: string): fc.Arbitrary<string> {
  const decimals = /^numeric\((\d+),(\d+)\)$/.exec(type);
  if (decimals) return decimal(Number(decimals[1]), Number(decimals[2]));
  if (type === 'bigint') return fc.oneof(fc.constantFrom('0', '-1', '9223372036854775807'), fc.nat().map(String));
  if (type === 'integer') return fc.oneof(fc.constantFrom('0', '-2147483648'), fc.nat().map(String));
  if (type === 'double precision') {
    return fc.oneof(fc.constantFrom('NaN', 'Infinity', '-0', '5e-324'), fc.double({ noNaN: true }).map(String));
  }
  if (type === 'boolean') return fc.boolean().map(String);
  if (type === 'date') return fc.constantFrom('infinity', '2024-02-29', '0001-01-01 BC', '2026-11-22');
  if (type === 'timestamp with time zone') return time;
  if (type === 'jsonb') return fc.oneof(fc.constant('null'), fc.json({ stringUnit: 'grapheme-ascii' }).map(withoutNul));
  if (type === 'inet') return fc.constantFrom('127.0.0.1', '10.0.0.0/8', '2001:db8::1', '::ffff:1.2.3.4');
  if (type === 'text[]') return fc.oneof(fc.constantFrom('{}', '{NULL}', '{{a,b},{c,d}}'), listOf(text));
  if (type === 'text') return text;
  throw new Error(`no random values for the type ${type}`);
}

function decimal(precision: number, scale: number): fc.Arbitrary<string> {
  const most = 10n ** BigInt(precision) - 1n;
  const digits = fc.oneof(fc.constantFrom(0n, 1n, -1n, most, -most), fc.bigInt({ min: -most, max: most }));
  const point = (value: bigint) => {
    const whole = String(value < 0n ? -value : value).padStart(scale + 1, '0');
    return `${value < 0n ? '-' : ''}${whole.slice(0, -scale)}.${whole.slice(-scale)}`;
  };
  return fc.oneof({ weight: 1, arbitrary: fc.constant('NaN') }, { weight: 9, arbitrary: digits.map(point) });
}

function listOf(items: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const quote = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return fc.array(items, { maxLength: 3 }).map((values) => `{${values.map(quote).join(',')}}`);
}

/** jsonb has no U+0000. */
function withoutNul(json: string): string {
  return json.replaceAll('\\u0000', '');
}

/** Rows that fit the tables as they are in this database: every column filled, or a mixture, or all the NULLs it takes. */
export async function legacyRows(client: pg.Client): Promise<fc.Arbitrary<LegacyRows>> {
  const catalog = await readCatalog(client);
  const rowOf = (table: string) => {
    const columns = (catalog.get(table)?.columns ?? []).filter(({ name }) => name !== 'id' && name !== 'campaign_id');
    const filled = (nullShare: number) =>
      fc.record(
        Object.fromEntries(
          columns.map(({ name, type, notNull }) => {
            const value = VOCABULARIES[`${table}.${name}`] ?? anyOf(type);
            const isAlwaysFilled = notNull || nullShare === 0;
            const weighed = [
              { weight: 100 - nullShare, arbitrary: value },
              { weight: nullShare, arbitrary: fc.constant(null) },
            ];
            return [name, isAlwaysFilled ? value : fc.oneof(...weighed)];
          }),
        ),
      );
    return fc.oneof(filled(0), filled(40), filled(100));
  };
  const tables = ['campaign_invoices', 'campaign_impressions', 'campaign_media'];
  const child = fc.oneof(
    ...tables.map((table) => fc.record({ table: fc.constant(table), campaign: fc.nat(), row: rowOf(table) })),
  );
  return fc.record({
    campaign_profile: fc.array(rowOf('campaign_profile'), { minLength: 1, maxLength: 12 }),
    children: fc.array(child, { maxLength: 12 }),
  });
}

export async function insertLegacyRows(client: pg.Client, rows: LegacyRows): Promise<void> {
  const ids: string[] = [];
  for (const row of rows.campaign_profile) ids.push(await insert(client, 'campaign_profile', row));
  for (const { table, campaign, row } of rows.children) {
    await insert(client, table, { ...row, campaign_id: ids[campaign % ids.length] ?? null });
  }
}

async function insert(client: pg.Client, table: string, row: RandomRow): Promise<string> {
  const literals = Object.values(row).map((value) => (value === null ? 'null' : pg.escapeLiteral(value)));
  const { rows } = await client.query<{ id: string }>(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${literals.join(', ')}) returning id::text`,
  );
  return rows[0]?.id ?? '';
}
