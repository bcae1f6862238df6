/** Measures the ads of a page in a browser: everything wired to the browser's own parts. */
import { systemClock } from '../delay.ts';
import type { Credentials } from '../http.ts';
import { AdView } from './ad-view.ts';
import { createEventStore } from './event-store.ts';
import { createCarrier, Outbox } from './outbox.ts';
import { browserSight } from './viewability.ts';

export class ImpressionMeter {
  readonly #outbox: Outbox;
  readonly #sessionId = sessionOfTab();

  constructor(credentials: Credentials & { subject(): string | null }) {
    this.#outbox = new Outbox({
      carry: createCarrier({ token: () => credentials.token() }),
      store: createEventStore(() => localStorage),
      clock: systemClock,
      who: () => credentials.subject(),
    });
    // The last event that every browser fires, also on a phone that ends the page without another word.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#outbox.leave();
    });
    addEventListener('pagehide', () => this.#outbox.leave());
  }

  /** For one ad on one page view. */
  view(): AdView {
    return new AdView({
      sessionId: this.#sessionId,
      deviceType: deviceType(),
      sight: browserSight,
      clock: systemClock,
      send: (event) => this.#outbox.add(event),
    });
  }
}

/** As long as the tab: enough to tell viewers apart who are not signed in, and no more. */
function sessionOfTab(): string {
  const key = 'campaign-pulse:session';
  try {
    const known = sessionStorage.getItem(key) ?? crypto.randomUUID();
    sessionStorage.setItem(key, known);
    return known;
  } catch {
    return crypto.randomUUID();
  }
}

function deviceType(): 'mobile' | 'tablet' | 'desktop' {
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return Math.min(screen.width, screen.height) < 600 ? 'mobile' : 'tablet';
}
