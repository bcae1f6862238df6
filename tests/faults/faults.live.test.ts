import { expect, it } from 'vitest';
import { readOptions, run } from './runner.ts';

const options = readOptions(process.env);
const aScene = 60_000;

it(
  'whatever breaks while people write and watch, nothing acknowledged is lost, and everybody ends with all of it, once',
  async () => {
    const played = await run(options, (line) => console.log(line));
    expect(played.length).toBeGreaterThan(0);
    for (const { fault, violations } of played)
      expect({ fault, violations: violations.slice(0, 20) }).toEqual({ fault, violations: [] });
  },
  120_000 + Math.max(1, options.rounds) * 20 * aScene,
);
