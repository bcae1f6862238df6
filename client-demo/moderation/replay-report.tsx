import { useEffect, useRef } from 'react';
import { Panel } from '../advertiser/panel.tsx';
import { formatCount } from '../format.ts';
import type { Replay } from '../lib/moderation/desk-api.ts';
import { ruleText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';

const { ruleSet: text } = words;
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const share = (value: number | null) => (value === null ? '–' : percent.format(value));

/** What the draft would have done to comments that people decided. */
export function ReplayReport({ report }: { report: Replay }) {
  const { show } = useDesk();
  const top = useRef<HTMLDivElement>(null);
  // It comes below all the rules.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each report anew
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, [report]);
  return (
    <div className="replay" role="status" ref={top}>
      <dl className="figures">
        <Figure name={text.decided} value={formatCount(report.decided)} />
        <Figure name={text.precision} value={share(report.precision)} hint={text.precisionHint} />
        <Figure name={text.recall} value={share(report.recall)} hint={text.recallHint} />
      </dl>
      <Panel title={text.differences}>
        {report.changed.length === 0 ? (
          <p className="quiet">{text.noDifferences}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          <section className="table-scroll" tabIndex={0} aria-label={text.differences}>
            <table className="table">
              <thead>
                <tr>
                  {[text.comment, text.decision, text.now, text.drafted, text.by].map((head) => (
                    <th scope="col" key={head}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.changed.map(({ commentId, decision, now, draft, rules }) => (
                  <tr key={commentId}>
                    <td>
                      <button
                        type="button"
                        className="text-button"
                        onClick={() => show({ tab: 'queue', item: commentId })}
                      >
                        {words.log.comment(commentId)}
                      </button>
                    </td>
                    <td>{words.done[decision]}</td>
                    <td>{text.outcomes[now] ?? now}</td>
                    <td>{text.outcomes[draft] ?? draft}</td>
                    <td className="log-why">{rules.map(ruleText).join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Panel>
      <div className="pair">
        <Stopped title={text.falseByLanguage} table={report.falsePositives.byLanguage} />
        <Stopped title={text.falseByTerm} table={report.falsePositives.byIdentityTerm} />
      </div>
    </div>
  );
}

function Figure({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div className="figure-cell">
      <dt>{name}</dt>
      <dd className="number figure-value">{value}</dd>
      {hint !== undefined && <dd className="quiet">{hint}</dd>}
    </div>
  );
}

function Stopped({ title, table }: { title: string; table: Replay['falsePositives']['byLanguage'] }) {
  const lines = Object.entries(table).sort(([, a], [, b]) => b.stopped - a.stopped || b.approved - a.approved);
  return (
    <Panel title={title}>
      {lines.length === 0 ? (
        <p className="quiet">{text.none}</p>
      ) : (
        <dl className="rail-figures">
          {lines.slice(0, 12).map(([key, { stopped, approved }]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd className="number" data-bad={stopped > 0}>
                {text.ofApproved(formatCount(stopped), formatCount(approved))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
