import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** The group-commit writers. */
export function writingMetrics(registers: Registry[]) {
  return {
    batches: new Histogram({
      name: 'pulse_write_batch_size',
      help: 'Rows in a batch of the group-commit writer',
      labelNames: ['writer'],
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'pulse_write_batch_duration_seconds',
      help: 'From sending a batch to its commit',
      labelNames: ['writer'],
      buckets: seconds,
      registers,
    }),
    batchRetries: new Counter({
      name: 'pulse_write_batch_retries_total',
      help: 'Batches sent again, by reason',
      labelNames: ['writer', 'reason'],
      registers,
    }),
    queueDepth: new Gauge({
      name: 'pulse_write_queue_depth',
      help: 'Items waiting for a batch',
      labelNames: ['writer'],
      registers,
    }),
  };
}
