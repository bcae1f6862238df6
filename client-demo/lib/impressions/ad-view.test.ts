import { describe, expect, it } from 'vitest';
import type { ImpressionEvent } from '../../../server/contract/impression.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { FakeSight } from '../testing/fake-sight.ts';
import { AdView } from './ad-view.ts';

const element = {} as Element;
const banner = { campaignId: 7, placement: 'widget', isVideo: false } as const;

function setUp(sight = new FakeSight()) {
  const clock = new FakeClock();
  const sent: ImpressionEvent[] = [];
  const send = (event: ImpressionEvent) => sent.push(event);
  const view = new AdView({ sessionId: 's1', deviceType: 'desktop', sight, clock, send });
  return { clock, sight, view, sent, kinds: () => sent.map(({ type }) => type) };
}

describe('an ad on a page', () => {
  it('is one impression for the page view, whatever shows it again', () => {
    const { view, sent, kinds } = setUp();
    const hide = view.show(element, banner);
    hide();
    view.show({} as Element, banner);
    expect(kinds()).toEqual(['impression']);
    expect(sent[0]).toMatchObject({ campaignId: 7, placement: 'widget', sessionId: 's1', deviceType: 'desktop' });
  });

  it('is viewable once, after half of it was seen for a second', async () => {
    const { view, sight, clock, sent, kinds } = setUp();
    view.show(element, banner);
    sight.show(0.5);
    await clock.pass(999);
    expect(kinds()).toEqual(['impression']);
    await clock.pass(1);
    sight.show(0);
    sight.show(1);
    await clock.pass(10_000);
    expect(kinds()).toEqual(['impression', 'viewable']);
    expect(sent[1]).toMatchObject({ impressionEventId: sent[0]?.eventId, durationMs: 1_000 });
  });

  it('is not viewable below half, nor by seconds that were interrupted', async () => {
    const { view, sight, clock, kinds } = setUp();
    view.show(element, banner);
    sight.show(0.49);
    await clock.pass(5_000);
    for (let glance = 0; glance < 5; glance++) {
      sight.show(0.8);
      await clock.pass(900);
      sight.show(0.2);
      await clock.pass(100);
    }
    expect(kinds()).toEqual(['impression']);
  });

  it('is not seen in the background: the second starts over when the page comes back', async () => {
    const { view, sight, clock, kinds } = setUp();
    view.show(element, banner);
    sight.show(1);
    await clock.pass(900);
    sight.turn(false);
    await clock.pass(5_000);
    sight.turn(true);
    await clock.pass(999);
    expect(kinds()).toEqual(['impression']);
    await clock.pass(1);
    expect(kinds()).toEqual(['impression', 'viewable']);
  });

  it('takes two seconds as a video', async () => {
    const { view, sight, clock, sent } = setUp();
    view.show(element, { ...banner, isVideo: true });
    sight.show(1);
    await clock.pass(1_999);
    expect(sent).toHaveLength(1);
    await clock.pass(1);
    expect(sent[1]).toMatchObject({ type: 'viewable', durationMs: 2_000 });
  });

  it('has no impression in a page that was never in the foreground, and one as soon as it is', () => {
    const sight = new FakeSight({ foreground: false });
    const { view, kinds } = setUp(sight);
    view.show(element, banner);
    view.click();
    expect(kinds()).toEqual([]);
    sight.turn(true);
    sight.turn(false);
    sight.turn(true);
    expect(kinds()).toEqual(['impression']);
  });

  it('sends each click with its impression, and watches nothing after it is gone', async () => {
    const { view, sight, clock, sent, kinds } = setUp();
    const hide = view.show(element, banner);
    view.click();
    view.click();
    hide();
    sight.show(1);
    await clock.pass(5_000);
    expect(kinds()).toEqual(['impression', 'click', 'click']);
    expect(new Set(sent.map(({ eventId }) => eventId)).size).toBe(3);
    expect(sight.watched()).toBe(0);
  });
});
