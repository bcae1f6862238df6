export interface Figures {
  items: number;
  precision: number;
  recall: number;
}

/** Of what was caught how much was rightly so, and of what should be caught how much was; to three places. */
export function figuresOf(items: { positive: boolean; caught: boolean }[]): Figures {
  const caught = items.filter((item) => item.caught);
  const right = caught.filter(({ positive }) => positive).length;
  const positives = items.filter(({ positive }) => positive).length;
  return { items: items.length, precision: places(right / caught.length), recall: places(right / positives) };
}

/** The share of texts of which something is so; to four places. */
export function shareOf<T>(items: readonly T[], so: (item: T) => boolean): number {
  return Number((items.filter(so).length / items.length).toFixed(4));
}

const places = (value: number) => Number(value.toFixed(3));
