import type { Item } from '../../server/contract/desk.ts';
import { formatCount } from '../format.ts';
import { figuresOf } from '../lib/moderation/evidence.ts';
import { reasonText, ruleText, words } from '../words/moderation.ts';

/** Why it is here: readers' reasons counted, and each rule with what it found. */
export function Evidence({ item }: { item: Item }) {
  const { flags, rules } = item;
  const reasons = Object.entries(flags.byReason).sort(([, a], [, b]) => b - a);
  return (
    <section className="item-part" aria-label={words.item.evidence}>
      <h3 className="item-title">{words.item.evidence}</h3>
      {reasons.length === 0 && rules.length === 0 && <p className="quiet">{words.item.noEvidence}</p>}
      <ul className="evidence">
        {reasons.map(([reason, count]) => (
          <li className="evidence-line" key={reason}>
            <span className="evidence-count number">{formatCount(count)}</span>
            <span className="evidence-name">{reasonText(reason)}</span>
            <span className="quiet">{words.list.flags(count).replace(/^\d+ /, '')}</span>
          </li>
        ))}
        {rules.map(({ rule, outcome, score, evidence }) => (
          <li className="evidence-line" key={rule}>
            <span className="evidence-mark" aria-hidden="true" />
            <span className="evidence-name">{ruleText(rule)}</span>
            <span className="quiet">
              {[
                words.item.ruleOutcome[outcome] ?? outcome,
                ...(score === null ? [] : [words.item.score(score.toFixed(2))]),
                ...figuresOf(evidence)
                  .filter(([key]) => key !== 'score')
                  .map(([key, value]) => `${key} ${value}`),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
