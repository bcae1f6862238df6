import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Screens } from './screens.ts';

const thread = 'campaign:1';

describe('the screens that show a comment', () => {
  it('are the sockets that drew it and neither took it off nor left', () => {
    const screens = new Screens();
    for (const socket of ['a', 'b', 'c']) screens.rendered(socket, thread, { shown: [7, 8], gone: [] });
    expect(screens.count(thread, 7)).toBe(3);
    screens.rendered('a', thread, { shown: [], gone: [7] });
    screens.left('b', thread);
    expect([screens.count(thread, 7), screens.count(thread, 8)]).toEqual([1, 2]);
  });

  it('count once, however often a socket says so', () => {
    const screens = new Screens();
    screens.rendered('a', thread, { shown: [7, 7], gone: [] });
    screens.rendered('a', thread, { shown: [7], gone: [] });
    expect(screens.count(thread, 7)).toBe(1);
    screens.rendered('a', thread, { shown: [], gone: [7, 7, 9] });
    expect([...screens.streams]).toEqual([]);
  });

  it('are no more than a page could draw, of one socket', () => {
    const screens = new Screens();
    screens.rendered('a', thread, { shown: Array.from({ length: 5_000 }, (_, n) => n + 1), gone: [] });
    expect(screens.of(thread).size).toBe(2_000);
  });

  it('are what a set of each socket would hold, and each that goes is told of', () => {
    const step = fc.record({
      socket: fc.constantFrom('a', 'b', 'c'),
      stream: fc.constantFrom('campaign:1', 'campaign:2'),
      shown: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
      gone: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
      leaves: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const model = new Set<string>();
        let told = 0;
        let drawn = 0;
        const screens = new Screens(() => told++);
        for (const { socket, stream, shown, gone, leaves } of steps) {
          const before = model.size;
          for (const one of shown) model.add(`${socket} ${stream} ${one}`);
          drawn += model.size - before;
          for (const one of gone) model.delete(`${socket} ${stream} ${one}`);
          screens.rendered(socket, stream, { shown, gone });
          if (!leaves) continue;
          for (const key of model) if (key.startsWith(`${socket} ${stream} `)) model.delete(key);
          screens.left(socket, stream);
        }
        for (const stream of ['campaign:1', 'campaign:2'])
          for (let comment = 1; comment <= 6; comment++) {
            const expected = [...model].filter((key) => key.endsWith(` ${stream} ${comment}`)).length;
            expect(screens.count(stream, comment)).toBe(expected);
          }
        expect(told).toBe(drawn - model.size);
      }),
    );
  });
});
