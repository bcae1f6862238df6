import type { Happening } from '../lib/advertiser/live-advertiser.ts';
import { words } from '../words/advertiser.ts';
import { formatFineMoney, formatPercent, formatWhole, isRate } from './format.ts';

/** What happened, in one line. */
export function happeningText(happening: Happening): string {
  const { events, metrics, rules, invoices } = words;
  switch (happening.name) {
    case 'milestone:reached': {
      const { metric, value } = happening.data;
      const isShare = metric === 'plan' || metric === 'budget';
      const name = metrics[metric] ?? metric;
      return events.milestone(isShare ? `${value}%` : formatWhole(value), isShare ? name : name.toLowerCase());
    }
    case 'alert:fired': {
      const { metric, comparison, threshold, observed } = happening.data;
      const name = metrics[metric] ?? metric;
      return events.alert(name, rules[comparison], ruleFigure(metric, threshold), ruleFigure(metric, observed));
    }
    case 'invoice:updated': {
      const { invoiceNumber, id, status } = happening.data;
      return events.invoice(invoiceNumber ?? String(id), invoices.status[status].toLowerCase());
    }
    case 'engagement:created':
      return events.engagement[happening.data.type];
    default:
      return happening satisfies never;
  }
}

/** A figure as rules compare it: rates are fractions, the share of the budget is a percentage. */
export function ruleFigure(metric: string, value: number): string {
  if (isRate(metric)) return formatPercent(value);
  if (metric === 'budgetUsed') return `${formatWhole(value)}%`;
  return metric === 'spend' ? formatFineMoney(`${value}`) : formatWhole(value);
}
