import { collectDefaultMetrics, Registry } from 'prom-client';
import { featuresMetrics } from './metrics/features.ts';
import { httpMetrics } from './metrics/http.ts';
import { relayMetrics } from './metrics/relay.ts';
import { socketsMetrics } from './metrics/sockets.ts';
import { streamsMetrics } from './metrics/streams.ts';
import { webhooksMetrics } from './metrics/webhooks.ts';
import { writingMetrics } from './metrics/writing.ts';

/** Everything the server says about itself to Prometheus; no label carries a user, a room or an address. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    ...httpMetrics(registers),
    ...writingMetrics(registers),
    ...relayMetrics(registers),
    ...socketsMetrics(registers),
    ...streamsMetrics(registers),
    ...featuresMetrics(registers),
    ...webhooksMetrics(registers),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
