import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { seconds } from './buckets.ts';

/** What the features do by themselves. */
export function featuresMetrics(registers: Registry[]) {
  return {
    judgeSeconds: new Histogram({
      name: 'pulse_judge_seconds',
      help: 'How long the rules took over a text, with the question about its author',
      buckets: seconds,
      registers,
    }),
    judgements: new Counter({
      name: 'pulse_judgements_total',
      help: 'Texts that the rules looked at, by what they made of them',
      labelNames: ['outcome'],
      registers,
    }),
    moneyActs: new Counter({
      name: 'pulse_money_acts_total',
      help: 'What followed from money by itself: cycles billed, campaigns settled, paused or resumed',
      labelNames: ['act'],
      registers,
    }),
    moneyFailures: new Counter({
      name: 'pulse_money_failures_total',
      help: 'Times a campaign could not be billed, settled, paused or resumed, and is left alone for a while',
      labelNames: ['act'],
      registers,
    }),
    alertsFired: new Counter({
      name: 'pulse_alerts_fired_total',
      help: 'Alert rules of advertisers that began to hold and were told',
      registers,
    }),
    sanctionsExpired: new Counter({
      name: 'pulse_sanctions_expired_total',
      help: 'Sanctions of users that ended by themselves and were told as over',
      registers,
    }),
    impressionEvents: new Counter({
      name: 'pulse_impression_events_total',
      help: 'Impression events by type and outcome: accepted, duplicate, or the code of what refused them',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    exportsRunning: new Gauge({ name: 'pulse_exports_running', help: 'Exports that are on their way', registers }),
    exportRows: new Counter({
      name: 'pulse_export_rows_total',
      help: 'Rows read for exports',
      labelNames: ['what', 'format'],
      registers,
    }),
    exportBytes: new Counter({
      name: 'pulse_export_bytes_total',
      help: 'Bytes of exports that their clients took, before compression',
      labelNames: ['what', 'format'],
      registers,
    }),
    exportsEnded: new Counter({
      name: 'pulse_exports_total',
      help: 'Exports by how they ended: whole, refused, or why they were aborted (client_gone, client_idle, too_long, waited_for, failed)',
      labelNames: ['outcome'],
      registers,
    }),
    notificationNotes: new Counter({
      name: 'pulse_notification_notes_total',
      help: 'Notes of triggers that were made into lists of notifications',
      registers,
    }),
    notificationDigests: new Counter({
      name: 'pulse_notification_digests_total',
      help: 'Digests that were made',
      registers,
    }),
    notificationsExpired: new Counter({
      name: 'pulse_notifications_expired_total',
      help: 'Notifications removed because they were read or put away 90 days ago',
      registers,
    }),
  };
}
