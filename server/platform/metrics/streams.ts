import { Counter, Gauge, type Registry } from 'prom-client';

/** Subscribes, rooms and who is present. */
export function streamsMetrics(registers: Registry[]) {
  return {
    subscribes: new Counter({
      name: 'pulse_subscribes_total',
      help: 'Subscribes by how they were answered',
      labelNames: ['mode'],
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
    presenceHeard: new Gauge({
      name: 'pulse_presence_reports',
      help: 'Numbers of viewers that other nodes reported for campaigns watched here, and that still count',
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
    repairs: new Counter({
      name: 'pulse_room_repairs_total',
      help: 'Times a room read missed events or states from the database',
      labelNames: ['reason'],
      registers,
    }),
  };
}
