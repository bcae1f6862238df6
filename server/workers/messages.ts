/** What the primary says to a worker. */
export type ToWorker =
  | { to: 'stop' }
  | { to: 'measure'; ask: number }
  | { to: 'print'; ask: number; text: string | null };

/** What a worker says: its part of the metrics, and that it was asked for everybody's. */
export type ToPrimary = { to: 'measured'; ask: number; part: MetricPart } | { to: 'scrape'; ask: number };

/** Metrics as prom-client puts them into JSON; only what is read here is typed. */
export type MetricPart = { name: string; type: string; aggregator: string }[];
