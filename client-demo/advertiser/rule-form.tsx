import { useState } from 'react';
import type { AlertRules } from '../../server/contract/metrics.ts';
import { words } from '../words/advertiser.ts';
import { Choice } from './choice.tsx';
import { type RuleMetric, ruleMetrics, thresholdOf, typedOf, unitOf } from './rule-metrics.ts';

const { rules: text } = words;
type Rule = AlertRules['rules'][number];
type Comparison = Rule['comparison'];
const windows = [1, 10, 60, 360, 1_440];
const first: Rule = { metric: 'clickThroughRate', comparison: 'below', threshold: 0, windowMinutes: 60 };

interface RuleFormProps {
  label: string;
  /** The rule that is changed; none for a new one. */
  rule?: Rule;
  submit: string;
  onSubmit: (rule: Rule) => Promise<boolean>;
  onCancel?: () => void;
}

/** A rule, in a sentence. */
export function RuleForm({ label, rule, submit, onSubmit, onCancel }: RuleFormProps) {
  const [metric, setMetric] = useState<RuleMetric>((rule ?? first).metric);
  const [comparison, setComparison] = useState<Comparison>((rule ?? first).comparison);
  const [typed, setTyped] = useState(rule === undefined ? '' : typedOf(rule.metric, rule.threshold));
  const [minutes, setMinutes] = useState((rule ?? first).windowMinutes);
  const threshold = thresholdOf(metric, typed);
  /** Other programs may have chosen any number of minutes. */
  const choices = [...new Set([...windows, minutes])].sort((a, b) => a - b);
  const send = async () => {
    if (threshold === null) return;
    if (await onSubmit({ metric, comparison, threshold, windowMinutes: minutes })) setTyped('');
  };
  return (
    <form
      className="rule-form"
      aria-label={label}
      onKeyDown={({ key }) => key === 'Escape' && onCancel?.()}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
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
          // biome-ignore lint/a11y/noAutofocus: who asked to change a rule goes on in it
          autoFocus={rule !== undefined}
          aria-label={text.threshold}
          onChange={({ target }) => setTyped(target.value)}
        />
        <span className="field-unit">{text.unit[unitOf(metric)]}</span>
      </label>
      {metric !== 'budgetUsed' && (
        <Choice
          label={text.window}
          value={String(minutes)}
          options={choices.map((value) => ({ value: String(value), text: text.within(text.minutes(value)) }))}
          onChange={(value) => setMinutes(Number(value))}
        />
      )}
      <button type="submit" className="button button-quiet" disabled={threshold === null}>
        {submit}
      </button>
      {onCancel !== undefined && (
        <button type="button" className="text-button" onClick={onCancel}>
          {text.cancel}
        </button>
      )}
    </form>
  );
}

/** Only of flags it is known what is usual. */
const comparisonsOf = (metric: RuleMetric): Comparison[] =>
  metric === 'flags' ? ['above', 'times_usual'] : ['below', 'above'];
