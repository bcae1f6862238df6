import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** The relay, LISTEN, and the bus between nodes. */
export function relayMetrics(registers: Registry[]) {
  return {
    relayed: new Counter({
      name: 'pulse_relay_frames_total',
      help: 'Frames the relay sent, by class',
      labelNames: ['class'],
      registers,
    }),
    conflated: new Counter({
      name: 'pulse_relay_conflated_total',
      help: 'State changes that a newer one replaced before they were sent',
      registers,
    }),
    relayLagRows: new Gauge({ name: 'pulse_relay_lag_rows', help: 'Rows of the outbox not sent yet', registers }),
    relayLagSeconds: new Gauge({ name: 'pulse_relay_lag_seconds', help: 'Age of the oldest of them', registers }),
    commitToEmit: new Histogram({
      name: 'pulse_relay_commit_to_emit_seconds',
      help: 'From the write of an outbox row to its frames on the bus',
      buckets: seconds,
      registers,
    }),
    leader: new Gauge({ name: 'pulse_relay_leader', help: '1 while this node is the relay', registers }),
    listening: new Gauge({ name: 'pulse_listen_live', help: '1 while LISTEN is proven by the canary', registers }),
    busRejected: new Counter({
      name: 'pulse_bus_messages_rejected_total',
      help: 'Messages between nodes that could not be read, and were dropped',
      registers,
    }),
    heartAge: new Gauge({
      name: 'pulse_relay_heart_age_seconds',
      help: 'Since this node heard the heart of a relay last',
      registers,
    }),
    notifyQueue: new Gauge({
      name: 'pulse_notify_queue_usage',
      help: 'Share of the NOTIFY queue of PostgreSQL that is in use; at 1 commits fail',
      registers,
    }),
    audited: new Counter({
      name: 'pulse_audited_campaigns_total',
      help: 'Campaigns the background audit compared',
      registers,
    }),
    divergence: new Gauge({
      name: 'pulse_audit_divergence',
      help: 'Derived values that differ from a recount, over all campaigns audited; must be 0',
      registers,
    }),
  };
}
