import type { Submission } from '../../server/features/moderation/rules/judgement.ts';

export const ordinary = { userId: 1, firstCommentAt: null, comments: 3, rejections: 0, premod: false };

/** A text by somebody who has written a little before, and was never rejected. */
export const submission = (text: string, more: Partial<Submission> = {}): Submission => ({
  text,
  campaignId: 1,
  author: ordinary,
  recent: [],
  at: '2026-01-01T12:00:00.000Z',
  ...more,
});
