import type { Log } from './log.ts';

export interface Loop {
  /** Runs the work now, or once more right after the present run. */
  wake(): void;
  /** Lets the present run finish; nothing runs afterwards. May be called twice, or before a start. */
  stop(): Promise<void>;
}

interface LoopOptions {
  name: string;
  /** Between the end of one run and the start of the next, unless woken. */
  everyMs: number;
  log: Log;
  work: () => Promise<void>;
}

/** Work that runs again and again, one run at a time. A run that throws is logged and does not end the loop. */
export function startLoop({ name, everyMs, log, work }: LoopOptions): Loop {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async () => {
    do {
      again = false;
      await work().catch((error: unknown) => log.warn({ loop: name, cause: String(error) }, 'a background run failed'));
    } while (again && !stopped);
    running = undefined;
    if (!stopped) timer = setTimeout(begin, everyMs);
  };
  const begin = () => {
    clearTimeout(timer);
    running = run();
  };

  begin();
  return {
    wake() {
      if (stopped) return;
      if (running) again = true;
      else begin();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
