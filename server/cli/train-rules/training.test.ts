import { describe, expect, it } from 'vitest';
import { unpackModel } from '../../features/moderation/rules/model/hashed-model.ts';
import { deduplicate } from './deduplicate.ts';
import { type Example, trainLogisticRegression } from './logistic-regression.ts';
import { figuresOf } from './measure.ts';
import { packModel } from './pack-model.ts';

const examples: Example[] = Array.from({ length: 200 }, (_, at) => ({
  features: [at % 4 === 0 ? 'buy' : 'hello', `n${at % 10}`],
  positive: at % 4 === 0,
}));
const options = { penalty: 0.01, epochs: 20 };

describe('training', () => {
  it('finds the feature that tells the classes apart, rare as its class may be', () => {
    const { weights } = trainLogisticRegression(examples, options);
    const strongest = [...weights].sort(([, one], [, other]) => other - one)[0];
    expect(strongest?.[0]).toBe('buy');
    expect(weights.get('hello')).toBeLessThan(0);
  });

  it('makes the same model of the same data', () => {
    const pack = () => packModel(trainLogisticRegression(structuredClone(examples), options), 256);
    expect(pack()).toEqual(pack());
  });

  it('keeps what it learnt when it is packed into bytes', () => {
    const { logOdds, strongest } = unpackModel(packModel(trainLogisticRegression(examples, options), 1_024));
    expect(logOdds(['buy'])).toBeGreaterThan(2);
    expect(logOdds(['hello'])).toBeLessThan(-2);
    expect(strongest(['hello', 'buy'], 5)).toEqual(['buy']);
  });
});

it('a model of another size than it says is refused', () => {
  expect(() => unpackModel({ buckets: 8, bias: 0, scale: 1, weights: 'AAAA' })).toThrow('another size');
});

it('of texts that are nearly the same the first is kept', () => {
  const texts = [
    'Check out my new song on my page',
    'check out my NEW song on my page!',
    'check out my new song on my page today',
    'something else entirely was said here',
    'lol',
    'LOL',
    'lol ok',
  ];
  expect(deduplicate(texts.map((text) => ({ text }))).map(({ text }) => text)).toEqual([
    texts[0],
    texts[3],
    texts[4],
    texts[6],
  ]);
});

it('precision is of what was caught, recall of what should be', () => {
  const items = [
    { positive: true, caught: true },
    { positive: false, caught: true },
    { positive: true, caught: false },
    { positive: true, caught: false },
  ];
  expect(figuresOf(items)).toEqual({ items: 4, precision: 0.5, recall: 0.333 });
});
