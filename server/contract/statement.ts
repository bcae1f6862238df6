/**
 * Statements of reasons (Regulation (EU) 2022/2065, article 17) in the fields and words of the European Commission's DSA
 * Transparency Database, as its API takes them since July 2025 (`POST /api/v1/statements`, at most 100 a call).
 */
import { z } from 'zod';
import { pageOf, pageQuery } from './primitives.ts';

const dateBetween = (first: string, last: string) =>
  z.iso.date().refine((date) => date >= first && date <= last, `has to lie between ${first} and ${last}`);
const endDate = dateBetween('2000-01-01', '2038-01-01').nullable();
const text = (longest: number) => z.string().min(1).max(longest);

export const visibilitySchema = z.enum([
  'DECISION_VISIBILITY_CONTENT_REMOVED',
  'DECISION_VISIBILITY_CONTENT_DISABLED',
  'DECISION_VISIBILITY_CONTENT_DEMOTED',
  'DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED',
  'DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED',
  'DECISION_VISIBILITY_CONTENT_LABELLED',
  'DECISION_VISIBILITY_OTHER',
]);

export const categorySchema = z.enum([
  'STATEMENT_CATEGORY_ANIMAL_WELFARE',
  'STATEMENT_CATEGORY_CONSUMER_INFORMATION',
  'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  'STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN',
  'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
  'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
  'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
  'STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
  'STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE',
  'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
  'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
  'STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY',
  'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
  'STATEMENT_CATEGORY_SELF_HARM',
  'STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS',
  'STATEMENT_CATEGORY_VIOLENCE',
]);

const fields = z.strictObject({
  decision_visibility: z.array(visibilitySchema).min(1).nullable(),
  decision_visibility_other: text(500).nullable(),
  end_date_visibility_restriction: endDate,
  decision_provision: z
    .enum([
      'DECISION_PROVISION_PARTIAL_SUSPENSION',
      'DECISION_PROVISION_TOTAL_SUSPENSION',
      'DECISION_PROVISION_PARTIAL_TERMINATION',
      'DECISION_PROVISION_TOTAL_TERMINATION',
    ])
    .nullable(),
  end_date_service_restriction: endDate,
  decision_account: z.enum(['DECISION_ACCOUNT_SUSPENDED', 'DECISION_ACCOUNT_TERMINATED']).nullable(),
  end_date_account_restriction: endDate,
  account_type: z.enum(['ACCOUNT_TYPE_BUSINESS', 'ACCOUNT_TYPE_PRIVATE']).nullable(),
  decision_ground: z.enum(['DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT']),
  illegal_content_legal_ground: text(500).nullable(),
  illegal_content_explanation: text(2_000).nullable(),
  incompatible_content_ground: text(500).nullable(),
  incompatible_content_explanation: text(2_000).nullable(),
  incompatible_content_illegal: z.enum(['Yes', 'No']).nullable(),
  category: categorySchema,
  category_specification: z.array(z.string().regex(/^KEYWORD_[A-Z_]+$/)),
  content_type: z.tuple([z.literal('CONTENT_TYPE_TEXT')]),
  content_language: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  content_date: dateBetween('2000-01-01', '2038-01-01'),
  application_date: dateBetween('2020-01-01', '2038-01-01'),
  decision_facts: text(5_000),
  source_type: z.enum([
    'SOURCE_ARTICLE_16',
    'SOURCE_TRUSTED_FLAGGER',
    'SOURCE_TYPE_OTHER_NOTIFICATION',
    'SOURCE_VOLUNTARY',
  ]),
  source_identity: text(500).nullable(),
  automated_detection: z.enum(['Yes', 'No']),
  automated_decision: z.enum([
    'AUTOMATED_DECISION_FULLY',
    'AUTOMATED_DECISION_PARTIALLY',
    'AUTOMATED_DECISION_NOT_AUTOMATED',
  ]),
  territorial_scope: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  /** The decision's id. */
  puid: z
    .string()
    .regex(/^[a-zA-Z0-9-_]+$/)
    .max(500),
});
type Fields = z.infer<typeof fields>;

const isIllegal = (s: Fields) => s.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';

export const statementSchema = fields
  .refine((s) => s.decision_visibility || s.decision_provision || s.decision_account, 'restricts nothing')
  .refine(
    (s) =>
      (s.decision_visibility?.includes('DECISION_VISIBILITY_OTHER') ?? false) ===
      (s.decision_visibility_other !== null),
    'another restriction of visibility is named, and only that',
  )
  .refine(
    (s) => isIllegal(s) === (s.illegal_content_legal_ground !== null && s.illegal_content_explanation !== null),
    'illegal content has its legal ground, and only that',
  )
  .refine(
    (s) => isIllegal(s) === (s.incompatible_content_ground === null && s.incompatible_content_explanation === null),
    'incompatible content has its contractual ground, and only that',
  )
  .refine(
    (s) => s.source_identity === null || s.source_type !== 'SOURCE_VOLUNTARY',
    'what nobody notified has no notifier',
  );
export type Statement = z.infer<typeof statementSchema>;

/** The names of its fields, in the order of the export. */
export const statementFields = Object.keys(fields.shape) as (keyof Statement)[];

/** Without a format a page; `ndjson` and `csv` are the whole of it, the oldest first. */
export const listStatementsQuery = z.object({ ...pageQuery, format: z.enum(['ndjson', 'csv']).optional() });
export const statementPageSchema = pageOf(statementSchema);
