import { expect, it } from 'vitest';
import { LargeAnswers } from './large-answers.ts';

function answersFor(atOnce: number) {
  const seen = { held: 0, refused: 0 };
  const metrics = {
    largeAnswers: {
      set(held: number) {
        seen.held = held;
      },
    },
    largeAnswersRefused: { inc: () => void seen.refused++ },
  } as unknown as ConstructorParameters<typeof LargeAnswers>[0];
  return { answers: new LargeAnswers(metrics, { atOnce, patienceMs: 20 }), seen };
}

it('large answers have so many turns at once; the others wait in their order', async () => {
  const { answers, seen } = answersFor(2);
  const order: string[] = [];
  const turn = async (name: string) => {
    const end = await answers.turn();
    order.push(name);
    return end;
  };
  const [first] = await Promise.all([turn('a'), turn('b')]);
  const later = [turn('c'), turn('d')];
  expect([order, seen.held]).toEqual([['a', 'b'], 2]);
  first();
  first();
  const third = await later[0];
  expect([order, seen.held]).toEqual([['a', 'b', 'c'], 2]);
  third?.();
  await later[1];
  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

it('who waits too long for a turn is told so, and is in nobody’s way', async () => {
  const { answers, seen } = answersFor(1);
  const end = await answers.turn();
  await expect(answers.turn()).rejects.toMatchObject({ code: 'unavailable' });
  end();
  expect(seen).toEqual({ held: 0, refused: 1 });
  (await answers.turn())();
  expect(seen.held).toBe(0);
});
