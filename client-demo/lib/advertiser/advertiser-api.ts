/** The calls of the API that the advertiser's screen makes, each one typed by the contract. */
import { z } from 'zod';
import { campaignSchema } from '../../../server/contract/campaign.ts';
import { billedImpressionSchema, invoiceSchema, paymentStatusAnswer } from '../../../server/contract/invoice.ts';
import {
  type AlertRules,
  alertRulesAnswer,
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
} from '../../../server/contract/stats.ts';
import type { Http, Reader } from '../http.ts';

export type Traffic = 'valid' | 'all' | 'invalid';

/** What the screen reads of the columns that the answer holds. */
const metricsReader = metricsAnswer.extend(metricsDataSchema.shape).extend({
  name: z.string(),
  campaignBudget: z.number().nullable(),
  minimumBalanceThreshold: z.number().nullable(),
  autoPauseOnLowBalance: z.boolean(),
  totalImpressionsPlanned: z.number().nullable(),
  cpiRate: z.number().nullable(),
});
export type Metrics = z.infer<typeof metricsReader>;

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
    stats: (id: number, query: Record<string, string | undefined>) => get(`${of(id)}/stats`, statsAnswer, query),
    frequency: (id: number) => get(`${of(id)}/stats/frequency`, frequencyAnswer),
    overlap: (id: number, other: number) => get(`${of(id)}/stats/overlap`, overlapAnswer, { with: other }),
    commenters: (id: number) => get(`${of(id)}/stats/commenters`, pageOf(commenterItem), { limit: 5 }),
    retargeting: (id: number, cursor?: string) =>
      get(`${of(id)}/stats/retargeting`, pageOf(retargetingItem), { limit: 5, cursor }),
    invoices: (id: number, cursor?: string) => get(`${of(id)}/invoices`, pageOf(invoiceSchema), { limit: 100, cursor }),
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
