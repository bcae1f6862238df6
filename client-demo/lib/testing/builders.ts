import type { Campaign } from '../../../server/contract/campaign.ts';
import type { Comment } from '../../../server/contract/comment.ts';

const none = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0, impressions: 0 };

export const campaignNamed = (name: string): Campaign => ({
  id: 1,
  name,
  description: null,
  objective: null,
  advertiserId: 5,
  brandId: null,
  targetAudiences: [],
  targetRegions: [],
  targetPlacements: [],
  targetLocation: null,
  nationalLocation: null,
  regionalCountryCode: null,
  nationalCountryCode: null,
  startDate: null,
  launchedAt: null,
  endedAt: null,
  callToAction: null,
  campaignSocials: null,
  status: 'live',
  media: [],
  counters: { campaignId: 1, ...none },
});

export const commentOf = (id: number, fields: Partial<Comment> = {}): Comment => ({
  id,
  campaignId: 1,
  parentId: null,
  depth: 0,
  author: { id: 7, name: 'user 7', profileType: null },
  text: `text ${id}`,
  status: 'published',
  revision: 1,
  likes: 0,
  replies: 0,
  descendants: 0,
  createdAt: new Date(Date.UTC(2026, 10, 22, 12, 0, id)).toISOString(),
  editedAt: null,
  ...fields,
});
