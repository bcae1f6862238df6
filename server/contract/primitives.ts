import { z } from 'zod';

/** Ids are bigint in the database and JSON numbers outside, so they end where doubles stop being exact. */
export const idSchema = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

/** An id in a path or a query: digits only, so that `1e3` and ` 7` are refused rather than guessed at. */
export const idParamSchema = z
  .string()
  .regex(/^[0-9]{1,16}$/)
  .transform(Number)
  .pipe(idSchema);

/**
 * ISO 8601; ours are UTC. Of what it can write, PostgreSQL takes neither the year 0000 nor an offset of 16 hours or more.
 */
export const timeSchema = z.iso
  .datetime({ offset: true })
  .refine((time) => !/^0000|[+-](1[6-9]|2\d):\d\d$/.test(time), 'is no time');

/** PostgreSQL has no U+0000 in text; a lone surrogate has no UTF-8 and becomes U+FFFD. */
export const textSchema = z
  .string()
  .refine((text) => !text.includes('\u0000'), 'U+0000 is not allowed')
  .transform((text) => text.toWellFormed());

export const placementSchema = z.enum(['placeholder', 'widget', 'popup', 'insession']);

export const pageQuery = {
  limit: z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(1))
    .transform((limit) => Math.min(limit, 100))
    .default(20),
  cursor: z.string().max(500).optional(),
};

/** A page of a list: pass `nextCursor` back as `cursor`; null is the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Decimal with exact digits; money never becomes a float on its way through the server. */
export const decimalSchema = z.union([z.number(), z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/)]);
