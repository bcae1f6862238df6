import { WarningIcon } from '../icons.tsx';
import type { Metrics } from '../lib/advertiser/advertiser-api.ts';
import { compareDecimals, shareOf } from '../lib/decimal.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Bar } from './bar.tsx';
import { Definition } from './definition.tsx';
import { formatBriefPercent, formatFineMoney, formatMoney, formatWhole } from './format.ts';
import { Panel } from './panel.tsx';

const { money } = words;

/** What was delivered against the plan, and what is left of the budget. Of valid traffic: nothing else is paid for. */
export function MoneyPanel() {
  const metrics = useStore(useAdvertising().live.metrics);
  if (metrics === null) return null;
  return (
    <Panel title={money.title}>
      <Pacing metrics={metrics} />
      <Balance metrics={metrics} />
    </Panel>
  );
}

function Pacing({ metrics }: { metrics: Metrics }) {
  const { pacing, totalImpressionsPlanned: planned } = metrics;
  if (planned === null || planned === 0) return <p className="panel-note">{money.noPlan}</p>;
  if (pacing === null) return <p className="panel-note">{money.notStarted}</p>;
  const state = pacing.ratio > 1.05 ? 'ahead' : pacing.ratio < 0.95 ? 'behind' : 'onPlan';
  return (
    <div className="gauge">
      <p className="gauge-line">
        <span className="gauge-name">
          <Definition name={money.pacing} of="pacing" />
        </span>
        <span className="gauge-state" data-state={state}>
          <span className="number">{formatBriefPercent(pacing.ratio)}</span> {money.ofExpected}, {money[state]}
        </span>
      </p>
      <p className="gauge-value number">{formatWhole(pacing.delivered)}</p>
      <div className="gauge-bar">
        <Bar share={pacing.delivered / planned} />
        <span className="gauge-mark" style={{ left: `${Math.min(100, (pacing.expected / planned) * 100)}%` }} />
      </div>
      <p className="gauge-foot">
        <span>{money.expected(formatWhole(pacing.expected))}</span>
        <span>{money.planned(formatWhole(planned))}</span>
      </p>
    </div>
  );
}

function Balance({ metrics }: { metrics: Metrics }) {
  const { spend, remainingBalance: left, campaignBudget: budget, minimumBalanceThreshold: threshold } = metrics;
  if (budget === null || left === null) return <p className="panel-note">{money.noBudget}</p>;
  const isLow = compareDecimals(left, threshold ?? '0') < 0;
  return (
    <div className="gauge">
      <p className="gauge-line">
        <span className="gauge-name">
          <Definition name={money.left} of="balance" />
        </span>
        <span className="gauge-state">{money.budget(formatMoney(budget))}</span>
      </p>
      <p className="gauge-value number" data-low={isLow}>
        {formatFineMoney(left)}
      </p>
      <div className="gauge-bar" data-low={isLow}>
        <Bar share={shareOf(left, budget)} />
      </div>
      <p className="gauge-foot">
        <span>
          {money.spent} {formatFineMoney(spend)}
        </span>
      </p>
      {isLow && (
        <p className="low-balance" role="status">
          <WarningIcon />
          <span>
            <strong>{money.low}.</strong> {threshold !== null && money.lowHint(formatMoney(threshold))}{' '}
            {metrics.autoPauseOnLowBalance && money.lowPause}
          </span>
        </p>
      )}
    </div>
  );
}
