import { words } from '../words/advertiser.ts';
import { formatPercent, formatWhole } from './format.ts';

/** Below so many cases a rate says little about the next one: at 2 %, a hundred impressions are two clicks. */
const FEW = 100;
export const isFew = (of: number): boolean => of > 0 && of < FEW;

interface RateProps {
  metric: string;
  /** A fraction. */
  value: number;
  /** How many cases it is a rate of: what was divided by. */
  of: number;
}

/** A rate, in another hand where it is one of few; a dash where there is nothing to divide by. */
export function Rate({ metric, value, of }: RateProps) {
  return (
    <span
      className={`number ${isFew(of) ? 'rate-few' : ''}`}
      data-metric={metric}
      title={of === 0 ? words.rate.ofNone : isFew(of) ? words.rate.ofFew(formatWhole(of)) : undefined}
    >
      {of === 0 ? '–' : formatPercent(value)}
    </span>
  );
}

/** Of how few, in words. */
export const OfFew = ({ of }: { of: number }) =>
  isFew(of) ? <span className="rate-of">{words.rate.ofFew(formatWhole(of))}</span> : null;
