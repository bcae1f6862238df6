import { isIP } from 'node:net';
import type { ImpressionEvent } from '../../contract/impression.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import { crawlerListVersion, isCrawler } from './crawlers.ts';

const lateMs = 7 * 24 * 3_600_000;

/** An item of record_impressions. */
export interface ImpressionItem {
  type: ImpressionEvent['type'];
  event: string;
  of: string | null;
  c: number | null;
  placement: string | null;
  audience: string | null;
  region: string | null;
  device: string | null;
  location: string | null;
  session: string | null;
  u: number | null;
  pid: number | null;
  pt: string | null;
  ip: string | null;
  ua: string | null;
  at: string;
  /** Whether `at` is the sender's own time. */
  dated: boolean;
  ms: number | null;
  /** The version of the list of crawlers that the User-Agent is in. */
  bot: number | null;
}

interface Sender {
  who: Principal | null;
  ip: string;
  userAgent: string | null;
}

/** `occurredAt` counts when it lies within the last seven days; else the event happened now. */
export function impressionItem(event: ImpressionEvent, { who, ip, userAgent }: Sender, now: number): ImpressionItem {
  const occurred = event.occurredAt === undefined ? Number.NaN : Date.parse(event.occurredAt);
  const dated = occurred <= now && occurred > now - lateMs;
  const at = new Date(dated ? occurred : now).toISOString();
  const shared = { type: event.type, event: event.eventId, at, dated };
  const nothing = {
    c: null,
    placement: null,
    audience: null,
    region: null,
    device: null,
    location: null,
    session: null,
  };
  const noSender = { u: null, pid: null, pt: null, ip: null, ua: null, bot: null };
  if (event.type !== 'impression') {
    const ms = event.type === 'viewable' ? event.durationMs : null;
    return { ...shared, ...nothing, ...noSender, of: event.impressionEventId, ms };
  }
  return {
    ...shared,
    of: null,
    ms: null,
    c: event.campaignId,
    placement: event.placement,
    audience: event.audience ?? null,
    region: event.region ?? null,
    device: event.deviceType ?? null,
    location: event.location ?? null,
    session: event.sessionId,
    u: who?.userId ?? null,
    pid: who?.profileId ?? null,
    pt: who?.profileType ?? null,
    ip: isIP(ip) === 0 ? null : ip.replace(/%.*/, ''), // a proxy may say anything; inet knows no zones
    ua: userAgent,
    bot: isCrawler(userAgent) ? crawlerListVersion : null,
  };
}
