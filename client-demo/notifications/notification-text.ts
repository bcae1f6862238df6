/** What a notification says, and where it leads. Of `data` is said what is there: it is another program's to fill. */
import type { Notification } from '../../server/contract/notification.ts';
import { formatMoney, formatPercent, formatWhole } from '../number-format.ts';
import { words } from '../words/notifications.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

export function textOf(notification: Notification): string {
  const { kind, count, data } = notification;
  switch (kind) {
    case 'reply':
      return words.reply(people(notification));
    case 'mention':
      return words.mention(people(notification));
    case 'comment_liked':
      return words.commentLiked(people(notification));
    case 'comment_approved':
      return words.approved;
    case 'comment_rejected':
      return words.rejected;
    case 'comment_restored':
      return words.restored;
    case 'flag_outcome':
      if (data.outcome === 'undone') return words.flagUndone;
      return data.outcome === 'agreed' ? words.flagAgreed : words.flagDisagreed;
    case 'appeal_answered':
      return data.status === 'granted' ? words.appealGranted : words.appealDenied;
    case 'sanction':
      if (data.action === 'lifted') return words.sanctionLifted;
      return data.sanction === 'warn' ? words.warned : words.sanctioned;
    case 'engagement':
      return words.engagement(count);
    case 'milestone':
      return milestone(data);
    case 'alert':
      return words.alert;
    case 'pacing':
      return data.pace === 'ahead' ? words.ahead : words.behind;
    case 'low_balance':
      return words.lowBalance;
    case 'auto_paused':
      return words.autoPaused;
    case 'invoice_issued':
      return words.invoiceIssued(amount(data));
    case 'invoice_paid':
      return words.invoicePaid(amount(data));
    case 'invoice_overdue':
      return words.invoiceOverdue(amount(data));
    case 'endpoint_disabled':
      return words.endpointDisabled;
    case 'digest':
      return words.digest(Array.isArray(data.items) ? data.items.length : count, data.cadence === 'daily');
    default:
      return kind satisfies never;
  }
}

/** Why, where somebody said why. */
export function reasonOf({ data }: Notification): string | null {
  const said = [data.explanation, data.reason].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said.replaceAll('_', ' ') : null;
}

const ofCampaigns = new Set([
  ...['engagement', 'milestone', 'alert', 'pacing', 'low_balance', 'auto_paused'],
  ...['invoice_issued', 'invoice_paid', 'invoice_overdue'],
]);

/** The comment's permalink, the advertiser's screen, or the campaign; null where there is nothing to go to. */
export function placeOf({ kind, campaignId, commentId }: Notification): string | null {
  if (campaignId === null) return null;
  if (ofCampaigns.has(kind)) return `/advertiser/${campaignId}`;
  return commentId === null ? `/campaigns/${campaignId}` : `/campaigns/${campaignId}?comment=${commentId}`;
}

/** Two by name and the others by number, so that the names and the number add up to the count. */
function people({ actors, count }: Notification): string {
  const named = actors.slice(0, count > 2 ? 2 : count).map(({ name }) => name);
  if (named.length === 0) return words.people(count);
  const others = count - named.length;
  return list.format(others > 0 ? [...named, words.others(others)] : named);
}

function milestone({ metric, value }: Notification['data']): string {
  const reached = Number(value);
  if (metric === 'plan') return words.share(formatPercent(reached / 100), words.planned);
  if (metric === 'budget') return words.share(formatPercent(reached / 100), words.spent);
  return words.milestone(formatWhole(reached), String(metric));
}

const amount = ({ amount: due }: Notification['data']): string =>
  due === undefined || due === null ? '' : `: ${formatMoney(Number(due))}`;
