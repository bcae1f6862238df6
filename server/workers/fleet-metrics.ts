/*
 * Behind one port a scrape reaches any of the workers, so each answers for all: it asks the primary, which asks every
 * worker for its part and adds them up. What a dead worker had counted stays in the sums, else they would fall at its
 * death and Prometheus would take that for a restart; a worker too busy to answer counts with what it said last.
 */
import type { Worker } from 'node:cluster';
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { MetricPart, ToPrimary, ToWorker } from './messages.ts';

const answerWithinMs = 1_500;

/** Where a sum would lie: what every worker says of the one database, and what holds only when it holds for all. */
const notSums: Record<string, string> = {
  pulse_relay_lag_rows: 'max',
  pulse_relay_lag_seconds: 'max',
  pulse_audit_divergence: 'max',
  pulse_webhook_queue: 'max',
  pulse_webhook_oldest_due_seconds: 'max',
  pulse_relay_heart_age_seconds: 'max',
  pulse_notify_queue_usage: 'max',
  pulse_access_list_users: 'max',
  pulse_access_list_read_timestamp_seconds: 'min',
  pulse_listen_live: 'min',
};

export interface FleetMetrics {
  /** Everything this worker says from now on is heard. */
  hear(worker: Worker): void;
  died(): void;
}

export function createFleetMetrics(serving: () => Worker[]): FleetMetrics {
  const own = new Registry();
  const registers = [own];
  const deaths = new Counter({
    name: 'pulse_worker_deaths_total',
    help: 'Workers that died and were replaced',
    registers,
  });
  new Gauge({
    name: 'pulse_workers',
    help: 'Workers that serve now',
    registers,
    collect() {
      this.set(serving().length);
    },
  });
  const parts = new Map<number, MetricPart>();
  const asked = new Map<number, () => void>();
  let past: MetricPart = [];
  let asks = 0;

  const measure = (worker: Worker) =>
    new Promise<void>((resolve) => {
      const ask = asks++;
      const done = () => {
        clearTimeout(patience);
        asked.delete(ask);
        resolve();
      };
      const patience = setTimeout(done, answerWithinMs);
      asked.set(ask, done);
      send(worker, { to: 'measure', ask });
    });

  const print = async (): Promise<string> => {
    await Promise.all(serving().map(measure));
    return (await sum([...parts.values(), past]).metrics()) + (await own.metrics());
  };

  const bury = (worker: Worker) => {
    const last = parts.get(worker.id) ?? [];
    parts.delete(worker.id);
    const lasting = last.filter(({ type }) => type === 'counter' || type === 'histogram');
    past = mergeParts(past, lasting);
  };

  return {
    hear(worker) {
      worker.on('message', (message: ToPrimary) => {
        if (message.to === 'measured') {
          parts.set(worker.id, message.part);
          asked.get(message.ask)?.();
        } else if (message.to === 'scrape') {
          const answer = (text: string | null) => send(worker, { to: 'print', ask: message.ask, text });
          void print().then(answer, () => answer(null));
        }
      });
      worker.once('exit', () => bury(worker));
    },
    died: () => deaths.inc(),
  };
}

function sum(parts: MetricPart[]) {
  const told = parts.map((part) =>
    part.map((metric) => ({ ...metric, aggregator: notSums[metric.name] ?? metric.aggregator })),
  );
  return AggregatorRegistry.aggregate(told);
}

// prom-client types an aggregated metric without its values, which it has.
const mergeParts = (...parts: MetricPart[]): MetricPart =>
  AggregatorRegistry.aggregate(parts).getMetricsAsArray() as unknown as MetricPart;

/** To one that is just dying there is nothing to say. */
function send(worker: Worker, message: ToWorker): void {
  worker.send(message, () => {});
}
