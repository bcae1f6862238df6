import { describe, expect, it } from 'vitest';
import { LinkMonitor } from './link.ts';
import { FakeClock } from './testing/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const link = new LinkMonitor(clock);
  link.connection('up');
  link.stream('asking');
  return { clock, link, shown: () => link.store.get() };
}

describe('the state of the link', () => {
  it('is live only when the stream is followed', () => {
    const { link, shown } = setUp();
    expect(shown().state).toBe('connecting');
    link.stream('following');
    expect(shown()).toEqual({ state: 'live', asOf: null });
  });

  it('says from when what is shown is, and does not call itself live before it is', async () => {
    const { link, clock, shown } = setUp();
    link.stream('following');
    await clock.pass(1_000);
    link.connection('down');
    expect(shown()).toEqual({ state: 'reconnecting', asOf: 1_000 });
    await clock.pass(1_000);
    link.connection('up');
    link.stream('asking');
    expect(shown()).toEqual({ state: 'reconnecting', asOf: 1_000 });
    link.connection('offline');
    expect(shown()).toEqual({ state: 'offline', asOf: 1_000 });
    link.connection('up');
    link.stream('following');
    expect(shown()).toEqual({ state: 'live', asOf: null });
  });

  it('does not flicker for a question that is answered at once', async () => {
    const { link, clock, shown } = setUp();
    link.stream('following');
    link.stream('asking');
    await clock.pass(100);
    link.stream('following');
    await clock.pass(1_000);
    expect(shown().state).toBe('live');
    link.stream('asking');
    await clock.pass(1_000);
    expect(shown()).toEqual({ state: 'catching up', asOf: 1_100 });
  });
});
