import { z } from 'zod';
import { idSchema, placementSchema, textSchema, timeSchema } from './primitives.ts';

export const mediaTypeSchema = z.enum(['image', 'video']);

/** A file of a campaign as everybody sees it in the campaign itself: lowest displayOrder first, then lowest id. */
export const mediaSchema = z.object({
  id: idSchema,
  mediaType: mediaTypeSchema,
  placement: z.string().nullable(),
  fileUrl: z.string(),
  fileName: z.string().nullable(),
  contentType: z.string().nullable(),
  displayOrder: z.int(),
});

/** The same as its owner sees it. fileSize is in bytes. */
export const ownMediaSchema = mediaSchema.extend({
  campaignId: idSchema,
  brandId: idSchema.nullable(),
  advertiserId: idSchema.nullable(),
  fileSize: z.int().nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type OwnMedia = z.infer<typeof ownMediaSchema>;

/** Pages show it, so it leads to the web or to this origin, and never runs a script. */
const fileUrlSchema = textSchema.pipe(
  z.string().min(1).max(2_000).refine(leadsToAFile, 'has to be an http or https URL, or a path that begins with one /'),
);

function leadsToAFile(url: string): boolean {
  if (/^\/(?![/\\])/.test(url)) return true;
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

export const addMediaBody = z.strictObject({
  mediaType: mediaTypeSchema,
  fileUrl: fileUrlSchema,
  placement: placementSchema.nullish(),
  fileName: textSchema.pipe(z.string().max(500)).nullish(),
  fileSize: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  contentType: textSchema.pipe(z.string().max(200)).nullish(),
  displayOrder: z.int().min(0).max(1_000_000).default(0),
});
