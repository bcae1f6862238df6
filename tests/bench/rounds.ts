import { untilQuiet } from './quiet.ts';

/** One side of a comparison; `round` runs and measures it once, warm. */
export interface Contender<Result> {
  name: string;
  round: (number: number) => Promise<Result>;
}

/**
 * Runs the contenders in turn: a, b, a, b, … Whatever else the machine does in these minutes then meets all of them,
 * and a drift (a database that grows, a processor that gets hot) shows up as spread and not as a winner.
 */
export async function interleave<Result>(
  contenders: Contender<Result>[],
  rounds: number,
  told: (name: string, number: number, result: Result) => void,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(contenders.map(({ name }) => [name, []]));
  for (let number = 1; number <= rounds; number++) {
    for (const { name, round } of contenders) {
      await untilQuiet();
      const result = await round(number);
      results.get(name)?.push(result);
      told(name, number, result);
    }
  }
  return results;
}
