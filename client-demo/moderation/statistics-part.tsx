import { useState } from 'react';
import type { z } from 'zod';
import type { moderationStatsSchema } from '../../server/contract/moderation-stats.ts';
import { Bar } from '../advertiser/bar.tsx';
import { Panel, Pending } from '../advertiser/panel.tsx';
import { Segmented } from '../advertiser/segmented.tsx';
import { formatCount, formatDuration } from '../format.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';

const { statistics: text } = words;
type Stats = z.infer<typeof moderationStatsSchema>;
const DAY_MS = 86_400_000;
const ranges = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Range = keyof typeof ranges;

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const share = (value: number | null) => (value === null ? '–' : percent.format(value));
const minutes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const ms = (value: number | null) => {
  if (value === null) return '–';
  if (value < 120_000) return formatDuration(value);
  return value < 7_200_000 ? `${minutes.format(value / 60_000)} min` : `${minutes.format(value / 3_600_000)} h`;
};

/** What came in, how long it took, and who agreed. */
export default function StatisticsPart() {
  const { live } = useDesk();
  const [range, setRange] = useState<Range>('week');
  const { value, code } = useLiveQuery({
    key: range,
    read: () => live.api.stats(new Date(Date.now() - ranges[range]).toISOString()),
    when: live.moves,
    gapMs: 2_000,
  });
  return (
    <section className="part" aria-label={text.title}>
      <header className="part-head">
        <h2 className="part-title">{text.title}</h2>
        <Segmented
          label={text.range}
          value={range}
          options={(['day', 'week', 'month'] as const).map((one) => ({ value: one, text: text.ranges[one] }))}
          onChange={setRange}
        />
      </header>
      {value === null ? <Pending code={code} lines={8} /> : <Figures stats={value} />}
    </section>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const { agreement, appeals, automated, notices, timeToDecision } = stats;
  const of = (part: number, whole: number) => text.of(formatCount(part), formatCount(whole));
  const figures: [name: string, value: string, beside?: string][] = [
    [text.inbound, formatCount(stats.inbound)],
    [text.handled, formatCount(stats.handled)],
    [text.open, formatCount(stats.open)],
    [
      text.median,
      ms(timeToDecision.medianMs),
      ...(timeToDecision.p90Ms === null ? [] : [text.medianHint(ms(timeToDecision.p90Ms))]),
    ] as [string, string, string?],
    [text.automated, share(automated.share), formatCount(automated.held + automated.rejected)],
    [
      text.stood,
      share(agreement.decisions.share),
      text.undone(formatCount(agreement.decisions.undone), formatCount(agreement.decisions.count)),
    ],
    [text.flags, share(agreement.flags.share), of(agreement.flags.agreed, agreement.flags.settled)],
    [text.appeals, of(appeals.upheld, appeals.decided)],
    [text.notices, of(notices.upheld, notices.decided)],
  ];
  return (
    <>
      <dl className="figures">
        {figures.map(([name, value, beside]) => (
          <div className="figure-cell" key={name}>
            <dt>{name}</dt>
            <dd className="number figure-value">{value}</dd>
            {beside !== undefined && <dd className="quiet number">{beside}</dd>}
          </div>
        ))}
      </dl>
      <div className="pair">
        <ByReason lines={stats.byReason} />
        <ByModerator lines={stats.byModerator} />
      </div>
    </>
  );
}

function ByReason({ lines }: { lines: Stats['byReason'] }) {
  const most = Math.max(1, ...lines.map(({ rejected }) => rejected));
  return (
    <Panel title={text.byReason}>
      {lines.length === 0 ? (
        <p className="quiet">{text.nothing}</p>
      ) : (
        <ul className="bars">
          {lines.map(({ reason, rejected }) => (
            <li className="bar-button" key={reason}>
              <Bar share={rejected / most}>
                <span className="bar-name">{reason === null ? text.noReason : reasonText(reason)}</span>
              </Bar>
              <span className="bar-figure number">{formatCount(rejected)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ByModerator({ lines }: { lines: Stats['byModerator'] }) {
  return (
    <Panel title={text.byModerator}>
      {lines.length === 0 ? (
        <p className="quiet">{text.noHands}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.moderator}</th>
              {(['approve', 'reject', 'undo'] as const).map((action) => (
                <th scope="col" className="figure" key={action}>
                  {words.done[action]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ id, approved, rejected, undone }) => (
              <tr key={id}>
                <th scope="row">{words.log.user(id)}</th>
                <td className="figure number">{formatCount(approved)}</td>
                <td className="figure number">{formatCount(rejected)}</td>
                <td className="figure number">{formatCount(undone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
