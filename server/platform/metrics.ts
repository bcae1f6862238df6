import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Everything the server says about itself to Prometheus; no label carries a user, a room or an address. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return {
    registry,
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
    sockets: new Gauge({ name: 'socket_io_connected', help: 'Sockets connected to this node', registers }),
    subscribes: new Counter({
      name: 'pulse_subscribes_total',
      help: 'Subscribes by how they were answered',
      labelNames: ['mode'],
      registers,
    }),
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
    streamsClosed: new Counter({
      name: 'pulse_streams_closed_total',
      help: 'Streams taken from sockets that may no longer read them, by code',
      labelNames: ['code'],
      registers,
    }),
    audienceChecks: new Counter({
      name: 'pulse_audience_checks_total',
      help: 'Streams whose readers were asked about again because of an event',
      registers,
    }),
    busRejected: new Counter({
      name: 'pulse_bus_messages_rejected_total',
      help: 'Messages between nodes that could not be read, and were dropped',
      registers,
    }),
    liveRefusals: new Counter({
      name: 'pulse_live_refusals_total',
      help: 'Handshakes (connect) and messages of sockets that were refused, by code',
      labelNames: ['of', 'code'],
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
    presenceHeard: new Gauge({
      name: 'pulse_presence_reports',
      help: 'Numbers of viewers that other nodes reported for campaigns watched here, and that still count',
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
    replayedEvents: new Counter({
      name: 'pulse_replayed_events_total',
      help: 'Log events in the answers to subscribes',
      registers,
    }),
    largeAnswers: new Gauge({
      name: 'pulse_large_answers',
      help: 'Answers to subscribes with very many events or states that are prepared or on their way',
      registers,
    }),
    largeAnswersRefused: new Counter({
      name: 'pulse_large_answers_refused_total',
      help: 'Subscribes that waited too long for their turn to be answered with very many events or states',
      registers,
    }),
    asked: new Counter({
      name: 'pulse_subscribes_asked_again_total',
      help: 'Subscribes on a connection that had the stream, by what made the client ask: a gap it saw, or silence',
      labelNames: ['because'],
      registers,
    }),
    heads: new Counter({
      name: 'pulse_heads_beaten_total',
      help: 'Times the head of a quiet stream was told to its sockets',
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
    repairs: new Counter({
      name: 'pulse_room_repairs_total',
      help: 'Times a room read missed events or states from the database',
      labelNames: ['reason'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
