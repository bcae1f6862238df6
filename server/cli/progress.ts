const everyMs = 2_000;

export interface Progress {
  tell(done: number, total: number): void;
  stop(): void;
}

/** A line on standard error every two seconds of a long run, none on a short one. */
export function startProgress(verb: string): Progress {
  let at = ' 0 campaigns';
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    process.stderr.write(`${verb}${at}, ${seconds} s\n`);
  }, everyMs);
  return {
    tell(done, total) {
      at = ` ${done} of ${Math.max(done, total)} campaigns`;
    },
    stop: () => clearInterval(timer),
  };
}
