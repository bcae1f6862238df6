import { useRef, useState } from 'react';
import type { z } from 'zod';
import { type AlertRules, type alertRulesAnswer, MAX_ALERT_RULES } from '../../server/contract/metrics.ts';
import { CloseIcon, PencilIcon } from '../icons.tsx';
import { notifyProblem } from '../notices.tsx';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatMoment } from './format.ts';
import { ruleFigure } from './happening-text.ts';
import { Panel, Pending } from './panel.tsx';
import { RuleForm } from './rule-form.tsx';

type Rules = z.infer<typeof alertRulesAnswer>['rules'];
type Wanted = AlertRules['rules'][number];
const { rules: text } = words;

/** What the advertiser wants to be told of. */
export function RulesPanel() {
  const { live, view } = useAdvertising();
  const [edits, setEdits] = useState(0);
  const { value, code } = useLiveQuery({
    key: String(edits),
    read: () => live.api.alertRules(live.campaignId),
    when: live.alarms,
    everyMs: 15_000,
  });
  /** The list is set as a whole: what another tab added meanwhile is read first, so that it stays. */
  const change = async (to: (rules: Wanted[]) => Wanted[]) => {
    try {
      const now = await live.api.alertRules(live.campaignId);
      await live.api.setAlertRules(live.campaignId, { rules: to(now.rules.map(wanted)) });
      setEdits((count) => count + 1);
      return true;
    } catch (error) {
      notifyProblem(error);
      return false;
    }
  };
  return (
    <Panel title={text.title}>
      {value === null ? (
        <Pending code={code} lines={2} />
      ) : (
        <RuleList
          rules={value.rules}
          timezone={view.timezone}
          onRemove={(gone) => void change((rules) => rules.filter((rule) => !isSame(rule, gone)))}
          onChange={(old, rule) => change((rules) => [...rules.filter((one) => !isSame(one, old)), rule])}
        />
      )}
      {value !== null && value.rules.length >= MAX_ALERT_RULES ? (
        <p className="panel-note">{text.full(MAX_ALERT_RULES)}</p>
      ) : (
        <RuleForm label={text.add} submit={text.add} onSubmit={(rule) => change((rules) => [...rules, rule])} />
      )}
    </Panel>
  );
}

const wanted = ({ metric, comparison, threshold, windowMinutes }: Wanted): Wanted => ({
  metric,
  comparison,
  threshold,
  windowMinutes,
});
const keyOf = (rule: Wanted): string => JSON.stringify(wanted(rule));
const isSame = (a: Wanted, b: Wanted): boolean => keyOf(a) === keyOf(b);

export const ruleText = ({ metric, comparison, threshold, windowMinutes }: Wanted): string =>
  [
    words.metrics[metric] ?? metric,
    ...(comparison === 'times_usual'
      ? [ruleFigure(metric, threshold), text.times_usual]
      : [text[comparison], ruleFigure(metric, threshold)]),
    metric === 'budgetUsed' ? '' : text.within(text.minutes(windowMinutes)),
  ]
    .join(' ')
    .trim();

interface RuleListProps {
  rules: Rules;
  timezone: string;
  onRemove: (rule: Wanted) => void;
  onChange: (old: Wanted, rule: Wanted) => Promise<boolean>;
}

/** A rule that is changed is another rule: it has not fired, and stands last. */
function RuleList({ rules, timezone, onRemove, onChange }: RuleListProps) {
  const [inHand, setInHand] = useState<string | null>(null);
  /** The rule whose button has the focus as soon as it is there. */
  const returnTo = useRef<string | null>(null);
  if (rules.length === 0) return <p className="panel-note">{text.empty}</p>;
  const leave = (to: Wanted) => {
    returnTo.current = keyOf(to);
    setInHand(null);
  };
  const focus = (key: string) => (button: HTMLButtonElement | null) => {
    if (button === null || returnTo.current !== key) return;
    returnTo.current = null;
    button.focus();
  };
  return (
    <ul className="rules">
      {rules.map((rule) =>
        inHand === keyOf(rule) ? (
          <li className="rule" key={rule.id}>
            <RuleForm
              label={text.change(ruleText(rule))}
              rule={rule}
              submit={text.save}
              onCancel={() => leave(rule)}
              onSubmit={async (changed) => {
                const isSaved = isSame(rule, changed) || (await onChange(rule, changed));
                if (isSaved) leave(changed);
                return false; // what was typed stays until the form goes
              }}
            />
          </li>
        ) : (
          <li className="rule" key={rule.id}>
            <span className="rule-text">{ruleText(rule)}</span>
            {rule.holds && (
              <span className="status" data-status="paused">
                {text.holds}
              </span>
            )}
            {rule.firedAt !== null && <span className="quiet">{text.fired(formatMoment(rule.firedAt, timezone))}</span>}
            <span className="rule-actions">
              <button
                type="button"
                className="icon-button"
                ref={focus(keyOf(rule))}
                aria-label={text.change(ruleText(rule))}
                onClick={() => setInHand(keyOf(rule))}
              >
                <PencilIcon />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={text.remove(ruleText(rule))}
                onClick={() => onRemove(rule)}
              >
                <CloseIcon />
              </button>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
