import type { Link } from './lib/link.ts';
import { Store } from './lib/store.ts';

/** The campaign on the screen: what the header, which stands above all screens, shows of it. */
export const currentCampaign = new Store<{
  /** Null on a screen of no one campaign. */
  readonly id: number | null;
  readonly link: Store<Link> | null;
  readonly delayMs?: Store<number | null>;
} | null>(null);
