export interface Scored {
  score: number;
  positive: boolean;
}

export interface Quality {
  precision: number;
  recall: number;
  /** Share of negatives that are taken for positive. */
  falseAlarms: number;
  examples: number;
}

/** Of what reaches the threshold. Without anything to divide by: 1. */
export function qualityOf(scored: Scored[], threshold: number): Quality {
  const found = scored.filter(({ score }) => score >= threshold);
  const right = found.filter(({ positive }) => positive).length;
  const positives = scored.filter(({ positive }) => positive).length;
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    precision: share(right, found.length),
    recall: share(right, positives),
    falseAlarms: scored.length === positives ? 0 : (found.length - right) / (scored.length - positives),
    examples: scored.length,
  };
}
