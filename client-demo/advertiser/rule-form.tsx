import { useState } from 'react';
import type { AlertRules } from '../../server/contract/metrics.ts';
import { words } from '../words/advertiser.ts';
import { Choice } from './choice.tsx';
import { type RuleMetric, ruleMetrics, thresholdOf, unitOf } from './rule-metrics.ts';

const { rules: text } = words;
type Comparison = AlertRules['rules'][number]['comparison'];
const windows = ['1', '10', '60', '360', '1440'] as const;

/** A new rule, in a sentence. */
export function RuleForm({ onAdd }: { onAdd: (rule: AlertRules['rules'][number]) => Promise<boolean> }) {
  const [metric, setMetric] = useState<RuleMetric>('clickThroughRate');
  const [comparison, setComparison] = useState<Comparison>('below');
  const [typed, setTyped] = useState('');
  const [minutes, setMinutes] = useState<(typeof windows)[number]>('60');
  const threshold = thresholdOf(metric, typed);
  const add = async () => {
    if (threshold === null) return;
    if (await onAdd({ metric, comparison, threshold, windowMinutes: Number(minutes) })) setTyped('');
  };
  return (
    <form
      className="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Choice
        label={text.metric}
        value={metric}
        options={ruleMetrics.map((value) => ({ value, text: words.metrics[value] ?? value }))}
        onChange={(chosen) => {
          setMetric(chosen);
          if (!comparisonsOf(chosen).includes(comparison)) setComparison('above');
        }}
      />
      <Choice
        label={text.comparison}
        value={comparison}
        options={comparisonsOf(metric).map((value) => ({ value, text: text[value] }))}
        onChange={setComparison}
      />
      <label className="field">
        <span className="visually-hidden">{text.threshold}</span>
        <input
          inputMode="decimal"
          placeholder="0"
          value={typed}
          aria-label={text.threshold}
          onChange={({ target }) => setTyped(target.value)}
        />
        <span className="field-unit">{text.unit[unitOf(metric)]}</span>
      </label>
      {metric !== 'budgetUsed' && (
        <Choice
          label={text.window}
          value={minutes}
          options={windows.map((value) => ({ value, text: text.within(text.minutes(Number(value))) }))}
          onChange={setMinutes}
        />
      )}
      <button type="submit" className="button button-quiet" disabled={threshold === null}>
        {text.add}
      </button>
    </form>
  );
}

/** Only of flags it is known what is usual. */
const comparisonsOf = (metric: RuleMetric): Comparison[] =>
  metric === 'flags' ? ['above', 'times_usual'] : ['below', 'above'];
