/** One ad on one page view: an impression when it is shown, viewable when it was seen, and clicks. */
import type { ImpressionEvent } from '../../../server/contract/impression.ts';
import type { Clock } from '../delay.ts';
import { DISPLAY_MS, type Sight, VIDEO_MS, watchViewability } from './viewability.ts';

export type AdPlacement = Extract<ImpressionEvent, { type: 'impression' }>['placement'];
type DeviceType = NonNullable<Extract<ImpressionEvent, { type: 'impression' }>['deviceType']>;

export interface Ad {
  campaignId: number;
  placement: AdPlacement;
  isVideo: boolean;
}

export interface AdViewOptions {
  sessionId: string;
  deviceType: DeviceType;
  sight: Sight;
  clock: Clock;
  send: (event: ImpressionEvent) => void;
}

export class AdView {
  readonly #options: AdViewOptions;
  #impressionEventId: string | null = null;
  #ends: (() => void)[] = [];
  #viewable = false;

  constructor(options: AdViewOptions) {
    this.#options = options;
  }

  /**
   * The ad is on the page. Its impression counts once for this page view, as soon as the page is in the foreground: one
   * that a browser prepares and never shows has none. May be called again with another element. The answer ends watching.
   */
  show(element: Element, ad: Ad): () => void {
    this.hide();
    const { sight } = this.#options;
    const begin = () => {
      if (!sight.isForeground()) return;
      for (const end of this.#ends.splice(0)) end();
      this.#impressionEventId ??= this.#impression(ad);
      if (!this.#viewable) this.#ends.push(this.#watch(element, ad, this.#impressionEventId));
    };
    this.#ends.push(sight.onForeground(begin));
    begin();
    return () => this.hide();
  }

  hide(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** Of an ad that was never shown there is none. */
  click(): void {
    if (this.#impressionEventId === null) return;
    this.#options.send({ type: 'click', ...this.#event(), impressionEventId: this.#impressionEventId });
  }

  #impression({ campaignId, placement }: Ad): string {
    const { sessionId, deviceType, send } = this.#options;
    const event = this.#event();
    send({ type: 'impression', ...event, campaignId, placement, deviceType, sessionId });
    return event.eventId;
  }

  #watch(element: Element, { isVideo }: Ad, impressionEventId: string): () => void {
    const { sight, clock, send } = this.#options;
    return watchViewability({
      element,
      requiredMs: isVideo ? VIDEO_MS : DISPLAY_MS,
      sight,
      clock,
      onViewable: (durationMs) => {
        this.#viewable = true;
        send({ type: 'viewable', ...this.#event(), impressionEventId, durationMs });
      },
    });
  }

  #event() {
    return { eventId: crypto.randomUUID() as string, occurredAt: new Date(this.#options.clock.now()).toISOString() };
  }
}
