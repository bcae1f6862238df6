import { expect, it } from 'vitest';
import { likeAllOthers, preferenceOf, withPreference } from './preference-of.ts';

const everything = { kind: null, campaignId: null, inApp: true, digest: 'daily', webhook: false } as const;
const ofOneCampaign = { kind: 'reply', campaignId: 4, inApp: false, digest: 'none', webhook: false } as const;
const of = (...items: Parameters<typeof preferenceOf>[0]['items']) => ({ items, quietHours: null });

it('a kind is as it was said of it, else as of every kind, else in the list alone', () => {
  expect(preferenceOf(of(), 'reply', null)).toEqual({ inApp: true, digest: 'none', webhook: false });
  expect(preferenceOf(of(ofOneCampaign, everything), 'reply', null)).toEqual(everything);
});

it('of a campaign holds the kind there, then the kind, then all of the campaign, then everything', () => {
  const likes = { ...everything, kind: 'comment_liked', digest: 'hourly' } as const;
  const allOfIt = { ...everything, campaignId: 4, inApp: false } as const;
  const all = of(ofOneCampaign, likes, allOfIt, everything);
  expect(preferenceOf(all, 'reply', 4)).toEqual(ofOneCampaign);
  expect(preferenceOf(all, 'comment_liked', 4)).toEqual(likes);
  expect(preferenceOf(all, 'mention', 4)).toEqual(allOfIt);
  expect(preferenceOf(all, 'mention', 5)).toEqual(everything);
});

it('a change of a kind leaves what was said of single campaigns and of every kind', () => {
  const { items } = withPreference(of(ofOneCampaign, everything), 'reply', null, { inApp: false });
  expect(items).toEqual([ofOneCampaign, everything, { ...everything, kind: 'reply', inApp: false }]);
});

it('a campaign has of its own only what differs from the others', () => {
  const differs = withPreference(of(everything), 'reply', 4, { inApp: false });
  expect(differs.items).toEqual([everything, { ...everything, kind: 'reply', campaignId: 4, inApp: false }]);
  expect(withPreference(differs, 'reply', 4, { inApp: true }).items).toEqual([everything]);
  expect(likeAllOthers(differs, 4).items).toEqual([everything]);
});
