const terminalEveryMs = 100;
const logEveryMs = 2_000;

/** Shows a line again and again: rewritten in place on a terminal, a new line every two seconds elsewhere. */
export function startProgress(out: NodeJS.WriteStream, line: () => string): { stop(): void } {
  const isTerminal = out.isTTY === true;
  const show = () => out.write(isTerminal ? `\r\x1b[2K${line()}` : `${line()}\n`);
  const timer = setInterval(show, isTerminal ? terminalEveryMs : logEveryMs);
  return {
    stop() {
      clearInterval(timer);
      show();
      if (isTerminal) out.write('\n');
    },
  };
}
