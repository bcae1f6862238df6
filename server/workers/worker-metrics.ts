import type { Registry } from 'prom-client';
import type { MetricPart, ToPrimary, ToWorker } from './messages.ts';

const printedWithinMs = 4_000;

/** In a worker: what its registry prints from now on is everybody's, and it tells the primary its own part when asked. */
export function printForAll(registry: Registry): void {
  const asked = new Map<number, (text: string | null) => void>();
  let asks = 0;
  process.on('message', (message: ToWorker) => {
    if (message.to === 'print') asked.get(message.ask)?.(message.text);
    if (message.to === 'measure') void tellPart(registry, message.ask);
  });
  registry.metrics = () =>
    new Promise((resolve, reject) => {
      const ask = asks++;
      const done = (text: string | null) => {
        clearTimeout(patience);
        asked.delete(ask);
        if (text === null) reject(new Error('the primary has no metrics'));
        else resolve(text);
      };
      const patience = setTimeout(done, printedWithinMs, null);
      asked.set(ask, done);
      tell({ to: 'scrape', ask });
    });
}

async function tellPart(registry: Registry, ask: number): Promise<void> {
  const part = (await registry.getMetricsAsJSON()) as unknown as MetricPart;
  tell({ to: 'measured', ask, part });
}

const tell = (message: ToPrimary) => process.send?.(message, undefined, undefined, () => {});
