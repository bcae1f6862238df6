import { Choice } from '../advertiser/choice.tsx';
import type { Rules, RulesDraft } from '../lib/moderation/desk-api.ts';
import { ruleText, words } from '../words/moderation.ts';

const { ruleSet: text } = words;
const modes = ['on', 'shadow', 'off'] as const;
const outcomes = ['publish', 'flag', 'hold', 'reject'];

interface RuleTableProps {
  draft: RulesDraft | null;
  inForce: Rules;
  onChange: (draft: RulesDraft) => void;
}

/** Each rule with what it does and by which settings; what differs from those in force says so. */
export function RuleTable({ draft, inForce, onChange }: RuleTableProps) {
  const rules = draft?.rules ?? inForce.rules;
  const set = (name: string, change: Record<string, unknown>) => {
    if (draft === null) return;
    onChange({ ...draft, rules: { ...draft.rules, [name]: { ...draft.rules[name], ...change } } });
  };
  return (
    <table className="table rule-table">
      <thead>
        <tr>
          <th scope="col">{text.rule}</th>
          <th scope="col">{text.ruleMode}</th>
          <th scope="col">{text.outcome}</th>
          <th scope="col" className="rule-settings">
            {text.settings}
          </th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(rules).map(([name, rule]) => {
          const { mode, outcome, ...settings } = rule;
          const { hasSecret: _, ...before } = inForce.rules[name] ?? {};
          const isChanged = JSON.stringify(before) !== JSON.stringify({ ...rule, hasSecret: undefined });
          return (
            <tr key={name} data-changed={isChanged}>
              <th scope="row">
                {ruleText(name)}
                {isChanged && <span className="chip chip-warn">{text.changed}</span>}
              </th>
              <td>
                <Choice
                  label={`${ruleText(name)}: ${text.ruleMode}`}
                  value={String(mode)}
                  options={modes.map((value) => ({ value: value as string, text: text.modes[value] }))}
                  onChange={(value) => set(name, { mode: value })}
                />
              </td>
              <td>
                {outcome === undefined ? (
                  <span className="quiet">–</span>
                ) : (
                  <Choice
                    label={`${ruleText(name)}: ${text.outcome}`}
                    value={String(outcome)}
                    options={outcomes.map((value) => ({ value, text: text.outcomes[value] ?? value }))}
                    onChange={(value) => set(name, { outcome: value })}
                  />
                )}
              </td>
              <td className="quiet number rule-settings">{settingsText(settings)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function settingsText(settings: Record<string, unknown>): string {
  return Object.entries(settings)
    .flatMap(([key, value]) => {
      if (Array.isArray(value)) return [key === 'words' ? text.words(value.length) : text.hosts(value.length)];
      return value === undefined || key === 'hasSecret' ? [] : [`${spaced(key)} ${String(value)}`];
    })
    .join(', ');
}

/** byAuthor: by author. */
const spaced = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
