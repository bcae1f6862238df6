/** The calls of the API that the campaign screen makes, each one typed by the contract. */
import { z } from 'zod';
import { campaignSchema } from '../../server/contract/campaign.ts';
import {
  type CommentSort,
  checkedCommentSchema,
  commentContextSchema,
  commentPageSchema,
  commentSchema,
  type FlagReason,
  flagSchema,
} from '../../server/contract/comment.ts';
import {
  commentLikeAnswer,
  meEngagementItem,
  type ReactionType,
  reactionAnswer,
  shareAnswer,
} from '../../server/contract/engagement.ts';
import { pageOf } from '../../server/contract/primitives.ts';
import { ownSanctionsSchema, sanctionSchema } from '../../server/contract/sanction.ts';
import type { Http } from './http.ts';

export interface PageQuery {
  readonly sort: CommentSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly previewReplies: number;
}

/** Replies may come with a position or without one. */
const repliesPage = commentPageSchema.partial({ stream: true, epoch: true, seq: true });
/** 201 is the comment; 202 that a rule holds it for review. */
const posted = z.union([
  commentSchema,
  z.object({ id: z.int(), status: z.literal('pending'), reason: z.string().nullish() }),
]);

const filed = z.object({ id: z.int() });

const text = (query: object): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();

export type Api = ReturnType<typeof createApi>;

export function createApi(http: Http) {
  return {
    campaigns: () =>
      http({ method: 'GET', path: '/campaigns?limit=100', answer: pageOf(campaignSchema) }).then(({ value }) => value),

    campaign: (id: number) => http({ method: 'GET', path: `/campaigns/${id}`, answer: campaignSchema }),

    comments: (campaignId: number, query: PageQuery) =>
      http({ method: 'GET', path: `/campaigns/${campaignId}/comments?${text(query)}`, answer: commentPageSchema }),

    replies: (commentId: number, query: PageQuery) =>
      http({ method: 'GET', path: `/comments/${commentId}/replies?${text(query)}`, answer: repliesPage }),

    comment: (id: number) => http({ method: 'GET', path: `/comments/${id}`, answer: commentSchema }),

    context: (id: number) => http({ method: 'GET', path: `/comments/${id}/context`, answer: commentContextSchema }),

    /** What would become of a text. A help that comes late is none, so it is asked once and not for long. */
    check: (campaignId: number, body: { text: string; parentId: number | null }) =>
      http({
        method: 'POST',
        path: `/campaigns/${campaignId}/comments?check=1`,
        body: body.parentId === null ? { text: body.text } : body,
        answer: checkedCommentSchema,
        deadlineMs: 800,
        attempts: 1,
      }),

    flag: (id: number, body: { reason: FlagReason; note?: string }) =>
      http({ method: 'POST', path: `/comments/${id}/flags`, body, answer: flagSchema }),

    appeal: (id: number, words: string) =>
      http({ method: 'POST', path: `/comments/${id}/appeals`, body: { text: words }, answer: filed }),

    myComments: () => http({ method: 'GET', path: '/me/comments?limit=100', answer: pageOf(commentSchema) }),

    mySanctions: () => http({ method: 'GET', path: '/me/sanctions?limit=100', answer: ownSanctionsSchema }),

    acknowledge: (id: number) =>
      http({ method: 'POST', path: `/me/sanctions/${id}/acknowledge`, answer: sanctionSchema }),

    myEngagement: (campaignId: number, cursor?: string) =>
      http({
        method: 'GET',
        path: `/me/engagement?${text({ campaignId, limit: 100, cursor })}`,
        answer: pageOf(meEngagementItem),
      }),

    post: (campaignId: number, body: { text: string; parentId: number | null }, key: string) =>
      http({
        method: 'POST',
        path: `/campaigns/${campaignId}/comments`,
        body: body.parentId === null ? { text: body.text } : body,
        key,
        answer: posted,
      }),

    edit: (id: number, body: { text: string; revision: number }) =>
      http({ method: 'PATCH', path: `/comments/${id}`, body, answer: commentSchema }),

    remove: (id: number) => http({ method: 'DELETE', path: `/comments/${id}`, answer: commentSchema }),

    react: (campaignId: number, type: ReactionType, on: boolean) =>
      http({
        method: on ? 'PUT' : 'DELETE',
        path: `/campaigns/${campaignId}/reactions/${type}`,
        answer: reactionAnswer,
      }),

    likeComment: (commentId: number, on: boolean) =>
      http({ method: on ? 'PUT' : 'DELETE', path: `/comments/${commentId}/like`, answer: commentLikeAnswer }),

    share: (campaignId: number, channel: string) =>
      http({ method: 'POST', path: `/campaigns/${campaignId}/shares`, body: { channel }, answer: shareAnswer }),
  };
}
