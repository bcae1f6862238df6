import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** Sockets, what waits for them, and what reached them. */
export function socketsMetrics(registers: Registry[]) {
  return {
    sockets: new Gauge({ name: 'socket_io_connected', help: 'Sockets connected to this node', registers }),
    sessions: new Gauge({
      name: 'pulse_session_deadlines',
      help: 'Sockets on this node whose token ends one day',
      registers,
    }),
    sessionsEnded: new Counter({
      name: 'pulse_sessions_ended_total',
      help: 'Sockets closed because their token expired or was revoked, by code',
      labelNames: ['code'],
      registers,
    }),
    liveRefusals: new Counter({
      name: 'pulse_live_refusals_total',
      help: 'Handshakes (connect) and messages of sockets that were refused, by code',
      labelNames: ['of', 'code'],
      registers,
    }),
    slowSockets: new Gauge({
      name: 'pulse_slow_sockets',
      help: 'Sockets for which frames wait, since they take less than they are sent',
      registers,
    }),
    queuedBytes: new Gauge({
      name: 'pulse_socket_queued_bytes',
      help: 'Bytes that wait for sockets in this process; packets that several wait for are counted for each',
      registers,
    }),
    conflatedForSocket: new Counter({
      name: 'pulse_socket_conflated_frames_total',
      help: 'State frames that a newer one replaced while they waited for a slow socket',
      registers,
    }),
    slowSocketsClosed: new Counter({
      name: 'pulse_slow_sockets_closed_total',
      help: 'Sockets closed because more waited for them than the hard bound allows',
      registers,
    }),
    droppedPackets: new Counter({
      name: 'pulse_socket_dropped_frames_total',
      help: 'Frames that waited for a socket when it closed; its client comes back by position',
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'pulse_delivery_seconds',
      help: 'From the writing of a log event until the kernel had taken it for nine tenths of its sockets on this node',
      labelNames: ['event'],
      buckets: seconds,
      registers,
    }),
    deliveries: new Counter({
      name: 'pulse_deliveries_total',
      help: 'Sockets that log events were written to: flushed, or late when the kernel had not taken it after a second; the author’s own not counted',
      labelNames: ['event', 'outcome'],
      registers,
    }),
    unmeasured: new Counter({
      name: 'pulse_fanouts_unmeasured_total',
      help: 'Log events delivered without measuring, or receipts not told, because too many were under way',
      registers,
    }),
    removalScreens: new Counter({
      name: 'pulse_removal_screens_total',
      help: 'Screens of this node that showed a comment when it was removed, and whether they were rid of it in time',
      labelNames: ['outcome'],
      registers,
    }),
    removalSeconds: new Histogram({
      name: 'pulse_removal_seconds',
      help: 'From the removal of a comment until it was gone from 99.9 % of the screens of this node that showed it',
      buckets: seconds,
      registers,
    }),
  };
}
