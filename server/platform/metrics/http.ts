import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** What requests cost and what was refused. */
export function httpMetrics(registers: Registry[]) {
  return {
    httpRequests: new Histogram({
      name: 'pulse_http_request_duration_seconds',
      help: 'HTTP requests by operation and status',
      labelNames: ['method', 'route', 'status'],
      buckets: seconds,
      registers,
    }),
    rateLimited: new Counter({
      name: 'pulse_rate_limited_total',
      help: 'Requests refused because the budget of their user or address was used up, by policy',
      labelNames: ['policy'],
      registers,
    }),
    accessEntries: new Gauge({
      name: 'pulse_access_list_users',
      help: 'Users whose tokens were revoked or who are barred',
      registers,
    }),
    accessReadAt: new Gauge({
      name: 'pulse_access_list_read_timestamp_seconds',
      help: 'When the list of revocations was read last; it is read 2.5 times a second',
      registers,
    }),
  };
}
