/** The calls of the API that the advertiser's screen makes, each one typed by the contract. */
import { z } from 'zod';
import { campaignSchema } from '../../../server/contract/campaign.ts';
import { billedImpressionSchema, invoiceSchema, paymentStatusAnswer } from '../../../server/contract/invoice.ts';
import {
  type AlertRules,
  alertRulesAnswer,
  type MetricsData,
  metricsAnswer,
  metricsDataSchema,
} from '../../../server/contract/metrics.ts';
import { pageOf } from '../../../server/contract/primitives.ts';
import {
  commenterItem,
  frequencyAnswer,
  overlapAnswer,
  retargetingItem,
  statsAnswer,
  statsMetrics,
} from '../../../server/contract/stats.ts';
import { decimalSchema } from '../decimal.ts';
import type { Http, Reader } from '../http.ts';

export type Traffic = 'valid' | 'all' | 'invalid';

/** What the screen reads of the columns that the answer holds. */
const metricsReader = metricsAnswer.extend(metricsDataSchema.shape).extend({
  name: z.string(),
  campaignBudget: decimalSchema.nullable(),
  minimumBalanceThreshold: decimalSchema.nullable(),
  autoPauseOnLowBalance: z.boolean(),
  totalImpressionsPlanned: z.number().nullable(),
  cpiRate: decimalSchema.nullable(),
  spend: decimalSchema,
  remainingBalance: decimalSchema.nullable(),
});
export type Metrics = z.infer<typeof metricsReader>;

/** A state frame in the shape of the answer. */
export const metricsOfFrame = ({ spend, remainingBalance, ...counts }: MetricsData) => ({
  ...counts,
  spend: decimalSchema.parse(spend),
  remainingBalance: decimalSchema.nullable().parse(remainingBalance),
});

const invoiceReader = invoiceSchema.extend({
  cpiRate: decimalSchema.nullable(),
  amount: decimalSchema,
  depositAmount: decimalSchema,
  outstandingAmount: decimalSchema,
  discountAmount: decimalSchema,
  taxAmount: decimalSchema,
  refundAmount: decimalSchema,
});
export type Invoice = z.infer<typeof invoiceReader>;

/** A count or a rate is a number, spend is its digits; null is what can't be told. */
const figure = z.union([z.number(), decimalSchema]).nullable();
const figures = z.partialRecord(z.enum(statsMetrics), figure);
const statsReader = statsAnswer.extend({
  totals: figures,
  comparison: statsAnswer.shape.comparison.unwrap().extend({ totals: figures }).optional(),
});
export type Stats = z.infer<typeof statsReader>;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** So many pages of a list, one after another. */
export async function readPages<T>(read: (cursor?: string) => Promise<Page<T>>, pages: number): Promise<Page<T>> {
  const page = await read();
  for (let n = 1; n < pages && page.nextCursor !== null; n++) {
    const next = await read(page.nextCursor);
    page.items.push(...next.items);
    page.nextCursor = next.nextCursor;
  }
  return page;
}

export type AdvertiserApi = ReturnType<typeof createAdvertiserApi>;

export function createAdvertiserApi(http: Http) {
  const get = <T>(path: string, answer: Reader<T>, query: Record<string, string | number | undefined> = {}) => {
    const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
    const text = new URLSearchParams(given).toString();
    return http({ method: 'GET', path: `${path}${text === '' ? '' : `?${text}`}`, answer }).then(({ value }) => value);
  };
  const of = (id: number) => `/campaigns/${id}`;
  return {
    campaigns: (cursor?: string) => get('/campaigns', pageOf(campaignSchema), { limit: 100, cursor }),
    campaign: (id: number) => get(of(id), campaignSchema),
    metrics: (id: number, traffic: Traffic) => get(`${of(id)}/metrics`, metricsReader, { traffic }),
    stats: (id: number, query: Record<string, string | undefined>) => get(`${of(id)}/stats`, statsReader, query),
    frequency: (id: number) => get(`${of(id)}/stats/frequency`, frequencyAnswer),
    overlap: (id: number, other: number) => get(`${of(id)}/stats/overlap`, overlapAnswer, { with: other }),
    commenters: (id: number, limit: number, cursor?: string) =>
      get(`${of(id)}/stats/commenters`, pageOf(commenterItem), { limit, cursor }),
    retargeting: (id: number, limit: number, cursor?: string) =>
      get(`${of(id)}/stats/retargeting`, pageOf(retargetingItem), { limit, cursor }),
    invoices: (id: number, cursor?: string) => get(`${of(id)}/invoices`, pageOf(invoiceReader), { limit: 100, cursor }),
    billed: (id: number, invoiceId: number, cursor?: string) =>
      get(`${of(id)}/invoices/${invoiceId}/impressions`, pageOf(billedImpressionSchema), { limit: 100, cursor }),
    paymentStatus: (id: number) => get(`${of(id)}/payment-status`, paymentStatusAnswer),
    alertRules: (id: number) => get(`${of(id)}/alert-rules`, alertRulesAnswer),
    setAlertRules: (id: number, rules: AlertRules) =>
      http({ method: 'PUT', path: `${of(id)}/alert-rules`, body: rules, answer: alertRulesAnswer }).then(
        ({ value }) => value,
      ),
  };
}
