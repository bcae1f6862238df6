/**
 * A campaign as its advertiser watches it. Its counters come as states of `advertiser:{id}`, each an absolute value with a
 * version; what happens (milestones, alerts, invoices, engagement) comes as that stream's events; and whatever else the
 * screen shows is read from the API again when either says that something moved.
 */
import type { Campaign } from '../../../server/contract/campaign.ts';
import { advertiserStream, campaignStream, type LogFrame, type StateFrame } from '../../../server/contract/live.ts';
import type { Connection, ConnectionPhase } from '../connection.ts';
import { type Clock, systemClock } from '../delay.ts';
import { createFollower } from '../follower.ts';
import { type Frame, isLog } from '../frames.ts';
import { LinkMonitor } from '../link.ts';
import { codeOf } from '../problem.ts';
import { Store } from '../store.ts';
import type { Stream } from '../stream.ts';
import { type AdvertiserApi, type Metrics, metricsOfFrame } from './advertiser-api.ts';
import { ServerClock } from './server-clock.ts';

/** What happened to a campaign. */
export type Happening = LogFrame<'milestone:reached' | 'alert:fired' | 'invoice:updated' | 'engagement:created'>;
export type Loading = { state: 'loading' } | { state: 'ready' } | { state: 'failed'; code: string };

/** How many of the stream's last events are asked for: mostly likes, and the news among them. */
const RECALL = 500;
const KEPT_NEWS = 100;
const KEPT_ENGAGEMENT = 30;

export class LiveAdvertiser {
  readonly loading = new Store<Loading>({ state: 'loading' });
  /** The valid traffic's metrics: an answer over HTTP, and over it the newest state frame. */
  readonly metrics = new Store<Metrics | null>(null);
  readonly campaign = new Store<Campaign | null>(null);
  /** Milestones, alerts and invoices, newest first. */
  readonly happenings = new Store<readonly Happening[]>([]);
  readonly engagement = new Store<readonly Happening[]>([]);
  /** Those that came while one looked. */
  readonly news = new Store<Happening | null>(null);
  /** Grows whenever something that is counted may have moved. */
  readonly moves = new Store(0);
  /** Grows whenever an invoice moved. */
  readonly bills = new Store(0);
  /** Grows whenever an alert fired. */
  readonly alarms = new Store(0);
  /** How old the last change was when it was here, ms. */
  readonly delayMs = new Store<number | null>(null);
  readonly link: LinkMonitor;
  readonly campaignId: number;
  readonly api: AdvertiserApi;
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #streams: Stream[];
  readonly #serverClock = new ServerClock();
  #frame: StateFrame<'campaign:metrics'> | null = null;
  #stop: (() => void) | null = null;

  constructor(options: { campaignId: number; api: AdvertiserApi; connection: Connection; clock?: Clock }) {
    const { campaignId, api, connection, clock = systemClock } = options;
    this.campaignId = campaignId;
    this.api = api;
    this.#connection = connection;
    this.#clock = clock;
    this.link = new LinkMonitor(clock);
    const own = createFollower({
      stream: advertiserStream(campaignId),
      connection,
      clock,
      recall: RECALL,
      onFrame: (frame, isNew) => this.#take(frame, isNew),
      onReset: () => {
        this.happenings.set([]);
        this.engagement.set([]);
      },
      onPhase: (phase) => {
        this.link.stream(phase);
        if (phase === 'following') this.#moved();
      },
    });
    const shown = createFollower({
      stream: campaignStream(campaignId),
      connection,
      clock,
      recall: 0,
      onFrame: (frame) => frame.name === 'campaign:updated' && this.#updated(),
      onReset: () => this.#updated(),
      onPhase: () => {},
    });
    this.#streams = [own, shown];
  }

  start(): void {
    if (this.#stop !== null) return;
    const streamOf = (name: string) => this.#streams.find((stream) => stream.name === name);
    const endListening = this.#connection.listen({
      onPhase: (phase) => this.#onConnection(phase),
      onClosed: (name) => streamOf(name)?.up(),
      onFrame: (frame) => streamOf(frame.stream)?.receive(frame),
    });
    const makeSure = () => {
      if (document.visibilityState === 'visible') this.#onConnection(this.#connection.phase);
    };
    document.addEventListener('visibilitychange', makeSure);
    this.#stop = () => {
      endListening();
      document.removeEventListener('visibilitychange', makeSure);
      for (const stream of this.#streams) {
        stream.down();
        this.#connection.unsubscribe(stream.name);
      }
    };
    void this.load();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** The first reading; again when it failed. */
  load = async (): Promise<void> => {
    this.loading.set({ state: 'loading' });
    try {
      await Promise.all([this.readMetrics(), this.#readCampaign()]);
      this.loading.set({ state: 'ready' });
      this.#onConnection(this.#connection.phase);
    } catch (error) {
      this.loading.set({ state: 'failed', code: codeOf(error) });
    }
  };

  /** Also what no frame tells: the budget, the plan, the threshold. */
  readMetrics = async (): Promise<Metrics> => {
    const asked = this.#clock.now();
    const answer = await this.api.metrics(this.campaignId, 'valid');
    this.#serverClock.learn(Date.parse(answer.asOf), asked, this.#clock.now());
    this.#show(answer);
    return answer;
  };

  #show(answer: Metrics): void {
    const known = this.metrics.get();
    // Of two readings the newer one counts, also for what no version orders.
    const base = known !== null && known.version > answer.version ? known : answer;
    const frame = this.#frame;
    this.metrics.set(
      frame !== null && frame.version > base.version
        ? { ...base, ...metricsOfFrame(frame.data), version: frame.version, asOf: frame.at }
        : base,
    );
  }

  async #readCampaign(): Promise<void> {
    this.campaign.set(await this.api.campaign(this.campaignId));
  }

  /** The name, the status or the budget may be others now. */
  #updated(): void {
    this.#readCampaign().catch(() => {});
    this.#moved();
  }

  #take(frame: Frame, isNew: boolean): void {
    if (isLog(frame)) {
      if (frame.name === 'unknown' || frame.name.startsWith('comment:') || frame.name === 'campaign:updated') return;
      const happening = frame as Happening;
      const isEngagement = happening.name === 'engagement:created';
      const list = isEngagement ? this.engagement : this.happenings;
      list.set([happening, ...list.get()].slice(0, isEngagement ? KEPT_ENGAGEMENT : KEPT_NEWS));
      if (happening.name === 'invoice:updated') this.bills.set(this.bills.get() + 1);
      if (happening.name === 'alert:fired') this.alarms.set(this.alarms.get() + 1);
      if (isNew) this.news.set(happening);
    } else if (frame.name === 'campaign:metrics' && frame.version > (this.#frame?.version ?? -1)) {
      this.#frame = frame;
      const known = this.metrics.get();
      if (known !== null) this.#show(known);
      this.#moved();
      if (isNew) this.delayMs.set(this.#serverClock.age(Date.parse(frame.at), this.#clock.now()));
    }
  }

  #moved(): void {
    this.moves.set(this.moves.get() + 1);
  }

  #onConnection(phase: ConnectionPhase): void {
    this.link.connection(phase);
    if (this.#stop === null || this.loading.get().state !== 'ready') return;
    for (const stream of this.#streams) {
      if (phase === 'up') stream.up();
      else stream.down();
    }
  }
}
