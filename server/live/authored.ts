import { z } from 'zod';
import { idSchema } from '../contract/primitives.ts';
import type { FanoutReport, LogEventFrame } from '../relay/frame.ts';

const created = z.object({ id: idSchema, campaignId: idSchema, author: z.object({ id: idSchema }) });

/** Who is to hear how far the event got, and what it is about; null for events that nobody is told of. */
export function authored({ name, data }: LogEventFrame): FanoutReport['about'] | null {
  if (name !== 'comment:created') return null;
  const comment = created.safeParse(parsed(data));
  if (!comment.success) return null;
  const { id, campaignId, author } = comment.data;
  return { userId: author.id, campaignId, commentId: id };
}

/** What came by the bus is delivered whatever it is, so it must not throw here. */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
