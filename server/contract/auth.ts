import { z } from 'zod';
import { idSchema } from './primitives.ts';

export const roleSchema = z.enum(['user', 'advertiser', 'moderator', 'admin']);
export type Role = z.infer<typeof roleSchema>;

export const demoTokenBody = z.object({
  role: roleSchema,
  userId: idSchema.optional(),
  name: z.string().trim().min(1).max(80).optional(),
});
export const demoTokenAnswer = z.object({ token: z.string() });
