import { describe, expect, it } from 'vitest';
import { fromOf, statsQueryOf } from './stats-query.ts';
import { readView, writeView } from './view-state.ts';

describe('what a screen shows', () => {
  it('stands in the address as far as it is not what anyone sees first', () => {
    expect(writeView(readView('', 'UTC'), 'UTC')).toBe('');
    const search = 'traffic=all&range=month&metric=clicks&compare=yes&placement=popup&region=%7E';
    expect(writeView(readView(search, 'UTC'), 'UTC')).toBe(search);
    expect(readView(search, 'UTC').filters).toEqual({ placement: 'popup', region: null });
  });

  it('is never something that is not there, whatever the address says', () => {
    const view = readView('traffic=none&range=century&interval=month&metric=fame', 'UTC');
    expect(view).toMatchObject({ traffic: 'valid', range: 'week', interval: 'hour', metric: 'impressions' });
  });
});

describe('a range of dates', () => {
  it('stands in the address with its days, and is asked for with both of them', () => {
    const search = 'range=custom&from=2026-10-20&to=2026-10-31&interval=day';
    const view = readView(search, 'UTC');
    expect(writeView(view, 'UTC')).toBe(search);
    expect(statsQueryOf(view, 0)).toMatchObject({ from: '2026-10-20', to: '2026-10-31', interval: 'day' });
  });

  it.each(['from=2026-10-31&to=2026-10-20', 'from=2026-02-30&to=2026-03-01', 'from=yesterday&to=2026-03-01', ''])(
    'is none with %j',
    (dates) => expect(readView(`range=custom&${dates}`, 'UTC')).toMatchObject({ range: 'week', from: '', to: '' }),
  );

  it.each([
    ['2026-10-25', 'hour'],
    ['2026-11-20', 'day'],
    ['2029-11-20', 'week'],
    ['2099-01-01', 'month'],
  ])('from 2026-10-25 to %s has buckets of a %s, never more than the server gives', (to, interval) => {
    expect(readView(`range=custom&from=2026-10-25&to=${to}`, 'UTC').interval).toBe(interval);
  });
});

describe('the question to the statistics', () => {
  it('begins with a day of the zone, or with a whole bucket', () => {
    const now = Date.parse('2026-03-01T23:30:20Z');
    expect(fromOf('week', 'UTC', now)).toBe('2026-02-23');
    expect(fromOf('week', 'Asia/Tokyo', now)).toBe('2026-02-24');
    expect(fromOf('hour', 'UTC', now)).toBe('2026-03-01T22:31:00.000Z');
  });

  it('has the filters as the contract writes them', () => {
    const query = statsQueryOf(readView('region=%7E', 'UTC'), 0, 'placement');
    expect(query).toMatchObject({ dimensions: 'placement', filters: '[["is","region",[null]]]' });
    expect(query).not.toHaveProperty('compare');
  });

  it('leaves it to the classes which traffic is meant, where it is about them', () => {
    expect(statsQueryOf(readView('', 'UTC'), 0, 'trafficClass')).not.toHaveProperty('traffic');
    expect(statsQueryOf(readView('trafficClass=crawler', 'UTC'), 0)).not.toHaveProperty('traffic');
    expect(statsQueryOf(readView('', 'UTC'), 0)).toHaveProperty('traffic', 'valid');
  });
});
