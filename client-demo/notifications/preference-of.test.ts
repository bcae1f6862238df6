import { expect, it } from 'vitest';
import { preferenceOf, withPreference } from './preference-of.ts';

const everything = { kind: null, campaignId: null, inApp: true, digest: 'daily', webhook: false } as const;
const ofOneCampaign = { kind: 'reply', campaignId: 4, inApp: false, digest: 'none', webhook: false } as const;

it('a kind is as it was said of it, else as of every kind, else in the list alone', () => {
  expect(preferenceOf({ items: [], quietHours: null }, 'reply')).toEqual({
    inApp: true,
    digest: 'none',
    webhook: false,
  });
  expect(preferenceOf({ items: [ofOneCampaign, everything], quietHours: null }, 'reply')).toEqual(everything);
});

it('a change of a kind leaves what was said of single campaigns and of every kind', () => {
  const { items } = withPreference({ items: [ofOneCampaign, everything], quietHours: null }, 'reply', { inApp: false });
  expect(items).toEqual([ofOneCampaign, everything, { ...everything, kind: 'reply', inApp: false }]);
});
