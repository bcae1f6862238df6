import { describe, expect, it } from 'vitest';
import { Drawn, type Rendered } from './drawn.ts';
import { FakeClock } from './testing/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const told: Rendered[] = [];
  const answers: boolean[] = [];
  const drawn = new Drawn(clock, async (rendered) => {
    told.push(rendered);
    return answers.shift() ?? true;
  });
  drawn.up();
  return { clock, told, answers, drawn };
}

describe('what a page says that it draws', () => {
  it('is told together after a second, and what is gone at once', async () => {
    const { clock, told, drawn } = setUp();
    drawn.add(1);
    const remove = drawn.add(2);
    await clock.pass(999);
    expect(told).toEqual([]);
    await clock.pass(1);
    expect(told).toEqual([{ shown: [1, 2], gone: [] }]);
    remove();
    await clock.pass(30);
    expect(told[1]).toEqual({ shown: [], gone: [2] });
  });

  it('is nothing where a comment was redrawn in between, or is drawn in two places', async () => {
    const { clock, told, drawn } = setUp();
    const [first, second] = [drawn.add(1), drawn.add(1)];
    await clock.pass(1_000);
    first();
    await clock.pass(1_000);
    second();
    drawn.add(1);
    await clock.pass(1_000);
    expect(told).toEqual([{ shown: [1], gone: [] }]);
  });

  it('is told anew to another socket, and to nobody while there is none', async () => {
    const { clock, told, drawn } = setUp();
    drawn.add(1);
    await clock.pass(1_000);
    drawn.down();
    drawn.add(2);
    await clock.pass(10_000);
    drawn.up();
    await clock.pass(1_000);
    expect(told).toEqual([
      { shown: [1], gone: [] },
      { shown: [1, 2], gone: [] },
    ]);
  });

  it('is told again when the server did not take it', async () => {
    const { clock, told, answers, drawn } = setUp();
    answers.push(false);
    drawn.add(1);
    await clock.pass(1_000);
    await clock.pass(5_000);
    expect(told).toEqual([
      { shown: [1], gone: [] },
      { shown: [1], gone: [] },
    ]);
  });

  it('goes in parts where it is more than a message may hold', async () => {
    const { clock, told, drawn } = setUp();
    for (let id = 1; id <= 1_200; id++) drawn.add(id);
    await clock.pass(3_000);
    expect(told.map(({ shown }) => shown.length)).toEqual([500, 500, 200]);
  });
});
