/** The calls of the API that the moderation desk makes, each one typed by the contract. */
import { z } from 'zod';
import {
  batchAnswer,
  claimSchema,
  decisionSchema,
  itemDetailSchema,
  itemPageSchema,
  itemSchema,
  logEntrySchema,
  noteSchema,
  type Queue,
  queuesSchema,
  templateSchema,
} from '../../../server/contract/desk.ts';
import { moderationStatsSchema } from '../../../server/contract/moderation-stats.ts';
import { pageOf } from '../../../server/contract/primitives.ts';
import { appealPageSchema, appealSchema, noticePageSchema, noticeSchema } from '../../../server/contract/rights.ts';
import { deskSanctionSchema, personSchema, type SanctionKind } from '../../../server/contract/sanction.ts';
import type { Http, Reader } from '../http.ts';

/** The rules as data: what one of them holds is its own affair. */
const rulesAnswer = z.object({
  version: z.int(),
  mode: z.enum(['on', 'shadow', 'off']),
  rules: z.record(z.string(), z.record(z.string(), z.unknown())),
  note: z.string().nullable(),
  createdBy: z.number().nullable(),
  createdAt: z.string().nullable(),
});
export type Rules = z.infer<typeof rulesAnswer>;
export type RulesDraft = Pick<Rules, 'mode' | 'rules'>;

const stopped = z.record(z.string(), z.object({ stopped: z.int(), approved: z.int() }));
const replayAnswer = z.object({
  decided: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  changed: z.array(
    z.object({
      commentId: z.int(),
      decision: z.enum(['approve', 'reject']),
      now: z.string(),
      draft: z.string(),
      rules: z.array(z.string()),
    }),
  ),
  falsePositives: z.object({ byLanguage: stopped, byIdentityTerm: stopped }),
});
export type Replay = z.infer<typeof replayAnswer>;

const verification = z.object({ lines: z.int(), head: z.string().nullable(), differences: z.int(), at: z.string() });

export interface DecisionRequest {
  readonly action: 'approve' | 'reject';
  readonly revision: number;
  readonly reason?: string | null;
  readonly explanation?: string | null;
}
export interface SanctionRequest {
  readonly kind: SanctionKind;
  readonly reason: string;
  readonly until?: string | null;
  readonly campaignId?: number | null;
}
type Query = Record<string, string | number | undefined>;

export type DeskApi = ReturnType<typeof createDeskApi>;

export function createDeskApi(http: Http) {
  const call =
    (method: 'GET' | 'POST' | 'PUT' | 'DELETE') =>
    <T>(path: string, answer: Reader<T>, body?: unknown, deadlineMs?: number) =>
      http({
        method,
        path: `/moderation${path}`,
        answer,
        ...(body === undefined ? {} : { body }),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
      }).then(({ value }) => value);
  const [get, post, put, remove] = [call('GET'), call('POST'), call('PUT'), call('DELETE')];
  const item = (id: number) => `/items/${id}`;
  return {
    queues: () => get('/queues', queuesSchema),
    items: (queue: Queue, cursor?: string) => get(`/items${asked({ queue, limit: 50, cursor })}`, itemPageSchema),
    item: (id: number) => get(item(id), itemDetailSchema),
    claim: (id: number) => post(`${item(id)}/claim`, claimSchema),
    release: (id: number) => remove(`${item(id)}/claim`, z.object({ released: z.boolean() })),
    decide: (id: number, request: DecisionRequest) => post(`${item(id)}/decisions`, decisionSchema, request),
    decideBatch: (decisions: (DecisionRequest & { commentId: number })[]) =>
      post('/decisions/batch', batchAnswer, { decisions }),
    undo: (id: number) => post(`/decisions/${id}/undo`, decisionSchema, {}),
    undoBatch: (batch: string) => post(`/decisions/batch/${batch}/undo`, batchAnswer, {}),
    note: (id: number, text: string) => post(`${item(id)}/notes`, noteSchema, { text }),
    escalate: (id: number, note: string) => post(`${item(id)}/escalation`, itemSchema, note === '' ? {} : { note }),
    templates: () => get('/templates', z.object({ items: z.array(templateSchema) })).then(({ items }) => items),
    appeals: (status: 'open' | undefined, cursor?: string) =>
      get(`/appeals${asked({ status, limit: 50, cursor })}`, appealPageSchema),
    decideAppeal: (id: number, action: 'grant' | 'deny', explanation: string) =>
      post(`/appeals/${id}/decision`, appealSchema, { action, explanation }),
    notices: (status: 'open' | undefined, cursor?: string) =>
      get(`/notices${asked({ status, limit: 50, cursor })}`, noticePageSchema),
    decideNotice: (id: number, action: 'uphold' | 'dismiss', explanation: string) =>
      post(`/notices/${id}/decision`, noticeSchema, { action, explanation }),
    person: (id: number) => get(`/users/${id}`, personSchema),
    sanction: (id: number, request: SanctionRequest) => post(`/users/${id}/sanctions`, deskSanctionSchema, request),
    lift: (id: number, kind: SanctionKind, campaignId: number | null) =>
      remove(`/users/${id}/sanctions${asked({ kind, campaignId: campaignId ?? undefined })}`, deskSanctionSchema),
    rules: () => get('/rules', rulesAnswer),
    setRules: (version: number, draft: RulesDraft, note: string) =>
      put('/rules', rulesAnswer, { version, ...draft, ...(note === '' ? {} : { note }) }),
    replay: (draft: RulesDraft) => post('/rules/replay', replayAnswer, { ...draft, last: 500 }, 30_000),
    log: (query: Query) => get(`/log${asked({ limit: 50, ...query })}`, pageOf(logEntrySchema)),
    verifyLog: () => get('/log/verification', verification, undefined, 30_000),
    stats: (from: string) => get(`/stats${asked({ from })}`, moderationStatsSchema),
  };
}

function asked(query: Query): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  const text = new URLSearchParams(given).toString();
  return text === '' ? '' : `?${text}`;
}
