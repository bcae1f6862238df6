import { campaignDocument, campaignName, commentDocuments, type Documents, type RawComment } from './documents.ts';
import type { Plan } from './plan.ts';
import type { Sent } from './send-plan.ts';
import { personId } from './sign-in.ts';

/** What has to be there: everything that was acknowledged, and nothing else. */
export function acknowledged(plan: Plan, sent: Sent, campaigns: Map<string, number>): Documents {
  const comments: RawComment[] = [];
  const perCampaign = new Map([...campaigns.values()].map((id) => [id, 0]));
  for (const { key, campaign, parent, author, text } of plan.posts) {
    const id = sent.posts.get(key)?.id;
    const campaignId = campaigns.get(campaign) ?? 0;
    if (id === undefined) continue;
    const parentId = parent === null ? null : (sent.posts.get(parent)?.id ?? null);
    comments.push({ id, campaignId, parentId, authorId: personId(author), text, likes: sent.likesOf.get(key) ?? 0 });
    perCampaign.set(campaignId, (perCampaign.get(campaignId) ?? 0) + 1);
  }
  const documents = commentDocuments(comments);
  for (const [id, count] of perCampaign) {
    documents.set(campaignName(id), campaignDocument({ likes: 0, shares: 0, comments: count, saves: 0, bookmarks: 0 }));
  }
  return documents;
}
