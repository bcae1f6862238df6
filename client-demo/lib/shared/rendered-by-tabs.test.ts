import { expect, it } from 'vitest';
import { RenderedByTabs } from './rendered-by-tabs.ts';

const campaignId = 1;

it('a comment on two tabs is on one screen, until neither draws it', () => {
  const tabs = new RenderedByTabs<string>();
  expect(tabs.say('one', { campaignId, shown: [5, 6], gone: [] })).toEqual({ campaignId, shown: [5, 6], gone: [] });
  expect(tabs.say('two', { campaignId, shown: [5, 7], gone: [] })).toEqual({ campaignId, shown: [7], gone: [] });
  expect(tabs.say('one', { campaignId, shown: [], gone: [5, 6] })).toEqual({ campaignId, shown: [], gone: [6] });
  expect(tabs.say('two', { campaignId, shown: [], gone: [5] })).toEqual({ campaignId, shown: [], gone: [5] });
});

it('a tab that goes takes off what it alone drew', () => {
  const tabs = new RenderedByTabs<string>();
  tabs.say('one', { campaignId, shown: [5, 6], gone: [] });
  tabs.say('two', { campaignId, shown: [6], gone: [] });
  expect(tabs.leave('one', campaignId)).toEqual({ campaignId, shown: [], gone: [5] });
  expect(tabs.leave('two', campaignId)).toEqual({ campaignId, shown: [], gone: [6] });
});

it('what a tab says again is told again: the server may not have had it', () => {
  const tabs = new RenderedByTabs<string>();
  const said = { campaignId, shown: [5], gone: [9] };
  expect(tabs.say('one', said)).toEqual(said);
  expect(tabs.say('one', said)).toEqual(said);
});
