import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** Webhooks and their outbox. */
export function webhooksMetrics(registers: Registry[]) {
  return {
    webhookOutcomes: new Counter({
      name: 'pulse_webhook_deliveries_total',
      help: 'What came of attempts to deliver a webhook: delivered, retry, failed for good, gone (410), returned at a stop',
      labelNames: ['outcome'],
      registers,
    }),
    webhookAttempts: new Histogram({
      name: 'pulse_webhook_attempt_duration_seconds',
      help: 'Attempts to deliver a webhook, from asking DNS to the end of the answer',
      buckets: seconds,
      registers,
    }),
    webhookQueue: new Gauge({
      name: 'pulse_webhook_queue',
      help: 'Deliveries that wait for webhook endpoints in use, 100,000 of each at most',
      registers,
    }),
    webhookOldest: new Gauge({
      name: 'pulse_webhook_oldest_due_seconds',
      help: 'Since when the oldest delivery of a webhook has been due',
      registers,
    }),
    webhooksForgotten: new Counter({
      name: 'pulse_webhooks_forgotten_total',
      help: 'Webhook messages and deliveries removed after 30 days, or with their endpoint',
      registers,
    }),
  };
}
