import { isIP } from 'node:net';
import type { ImpressionEvent } from '../../contract/impression.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import { crawlerListVersion, isCrawler } from './crawlers.ts';

const lateMs = 7 * 24 * 3_600_000;

/** An item of record_impressions. What there is nothing to say of is left out: a null is read and parsed like a word. */
export interface ImpressionItem {
  type: ImpressionEvent['type'];
  event: string;
  of?: string | undefined;
  c?: number | undefined;
  placement?: string | undefined;
  audience?: string | undefined;
  region?: string | undefined;
  device?: string | undefined;
  location?: string | undefined;
  session?: string | undefined;
  u?: number | undefined;
  pid?: number | undefined;
  pt?: string | undefined;
  ip?: string | undefined;
  ua?: string | undefined;
  at: string;
  /** Whether `at` is the sender's own time. */
  dated?: true | undefined;
  ms?: number | undefined;
  /** The version of the list of crawlers that the User-Agent is in. */
  bot?: number | undefined;
  /** The answer has the impression's id. */
  tell?: true;
}

interface Sender {
  who: Principal | null;
  ip: string;
  userAgent: string | null;
}

/** `occurredAt` counts when it lies within the last seven days; else the event happened now. */
export function impressionItem(event: ImpressionEvent, { who, ip, userAgent }: Sender, now: number): ImpressionItem {
  const occurred = event.occurredAt ? Date.parse(event.occurredAt) : Number.NaN;
  const dated = occurred <= now && occurred > now - lateMs;
  const at = new Date(dated ? occurred : now).toISOString();
  const shared = { type: event.type, event: event.eventId, at, dated: dated || undefined };
  if (event.type !== 'impression') {
    return { ...shared, of: event.impressionEventId, ms: event.type === 'viewable' ? event.durationMs : undefined };
  }
  return {
    ...shared,
    c: event.campaignId,
    placement: event.placement,
    audience: event.audience ?? undefined,
    region: event.region ?? undefined,
    device: event.deviceType ?? undefined,
    location: event.location ?? undefined,
    session: event.sessionId,
    u: who?.userId,
    pid: who?.profileId ?? undefined,
    pt: who?.profileType ?? undefined,
    ip: isIP(ip) === 0 ? undefined : ip.replace(/%.*/, ''), // a proxy may say anything; inet knows no zones
    ua: userAgent ?? undefined,
    bot: isCrawler(userAgent) ? crawlerListVersion : undefined,
  };
}
