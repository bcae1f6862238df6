import { z } from 'zod';
import { idSchema, pageQuery, textSchema, timeSchema } from './primitives.ts';

export const invoiceStatusSchema = z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']);
export type InvoiceStatus = z.infer<typeof invoiceStatusSchema>;
export const invoiceTypeSchema = z.enum(['deposit', 'cycle', 'final_settlement', 'credit_note']);

const money = z.number();

/** An invoice, every column of it, as HTTP and `invoice:updated` give it. Money has two decimals. */
export const invoiceSchema = z.object({
  id: idSchema,
  campaignId: idSchema,
  advertiserId: idSchema.nullable(),
  brandId: idSchema.nullable(),
  invoiceNumber: z.string().nullable(),
  invoiceType: invoiceTypeSchema,
  status: invoiceStatusSchema,
  billingCycleNumber: z.int().nullable(),
  billingPeriodStart: timeSchema.nullable(),
  billingPeriodEnd: timeSchema.nullable(),
  impressionsDelivered: z.int(),
  cpiRate: z.number().nullable(),
  amount: money,
  depositAmount: money,
  outstandingAmount: money,
  discountAmount: money,
  taxAmount: money,
  refundAmount: money,
  paymentTransactionId: z.string().nullable(),
  paymentMethod: z.string().nullable(),
  paidAt: timeSchema.nullable(),
  issuedAt: timeSchema.nullable(),
  dueDate: timeSchema.nullable(),
  invoicePdfUrl: z.string().nullable(),
  notes: z.string().nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Invoice = z.infer<typeof invoiceSchema>;

export const listInvoicesQuery = z.object(pageQuery);
export const closeCycleBody = z.strictObject({});

export const invoiceTransitionBody = z.strictObject({
  to: z.enum(['open', 'paid', 'void', 'uncollectible']),
  paymentMethod: textSchema.pipe(z.string().trim().min(1).max(100)).optional(),
  paymentTransactionId: textSchema.pipe(z.string().trim().min(1).max(200)).optional(),
});
export type InvoiceTransition = z.infer<typeof invoiceTransitionBody>;

/** Money that a client sets: none below zero, at most two decimals. */
const setMoney = z
  .number()
  .min(0)
  .max(999_999_999_999.99)
  .refine((value) => /^\d+(\.\d{1,2})?$/.test(String(value)), 'money has at most two decimals');

/** Discount and tax of a draft; the refund of a paid invoice, as it is to be in all. */
export const amendInvoiceBody = z
  .strictObject({ discountAmount: setMoney, taxAmount: setMoney, refundAmount: setMoney })
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'nothing is to be changed');

export const paymentStatusAnswer = z.object({
  status: z.enum(['no_invoices', 'fully_paid', 'deposit_pending', 'partially_paid']),
});

/**
 * An impression that an invoice charged; `creditedBy` is the credit note that took it back, null while it stands. A void
 * invoice gives what it charged until it was void.
 */
export const billedImpressionSchema = z.object({
  impressionId: idSchema,
  seenAt: timeSchema.nullable(),
  placement: z.string().nullable(),
  chargedAt: timeSchema.nullable(),
  creditedBy: idSchema.nullable(),
});
export const billedImpressionsQuery = z.object(pageQuery);
