import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Bar } from './bar.tsx';
import { formatWhole } from './format.ts';
import { Panel, Pending } from './panel.tsx';
import { isFew, Rate } from './rate.tsx';
import { useStats } from './use-stats.ts';
import type { BreakdownDimension } from './view-state.ts';

/** The range by one dimension after another. A press on a line shows only that. */
export function BreakdownPanel({ title, dimensions }: { title: string; dimensions: BreakdownDimension[] }) {
  const [open, setOpen] = useState(dimensions[0] ?? 'placement');
  return (
    <Tabs.Root value={open} onValueChange={(value) => setOpen(value as BreakdownDimension)} asChild>
      <div>
        <Panel
          title={title}
          aside={
            <Tabs.List className="tabs" aria-label={title}>
              {dimensions.map((dimension) => (
                <Tabs.Trigger value={dimension} className="tab" key={dimension}>
                  {words.breakdown[dimension]}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
          }
        >
          {dimensions.map((dimension) => (
            <Tabs.Content value={dimension} key={dimension}>
              <Breakdown dimension={dimension} />
            </Tabs.Content>
          ))}
        </Panel>
      </div>
    </Tabs.Root>
  );
}

/** A value as people read it. */
export const nameOf = (dimension: BreakdownDimension, value: string | null): string =>
  value === null
    ? words.breakdown.unknown
    : dimension === 'trafficClass'
      ? (words.breakdown.classes[value] ?? value)
      : value;

function Breakdown({ dimension }: { dimension: BreakdownDimension }) {
  const { view, show } = useAdvertising();
  const [limit, setLimit] = useState(8);
  /** A second press takes it back. */
  const filterBy = (name: BreakdownDimension, wanted: string | null) => {
    const { [name]: current, ...others } = view.filters;
    show({ filters: current === wanted ? others : { ...others, [name]: wanted } });
  };
  const { value, code, stale } = useStats(dimension, limit);
  if (value === null) return <Pending code={code} />;
  if (value.breakdown.length === 0) return <p className="panel-note">{words.breakdown.empty}</p>;
  const most = Number(value.breakdown[0]?.impressions ?? 0);
  return (
    <div className={stale ? 'is-stale' : ''}>
      <p className="bar-heads" aria-hidden="true">
        <span>{words.metrics.impressions}</span>
        <span>{words.breakdown.share}</span>
      </p>
      <ul className="bars">
        {value.breakdown.map((line) => {
          const of = line[dimension] as string | null;
          const name = nameOf(dimension, of);
          const impressions = Number(line.impressions);
          return (
            <li key={of ?? ''}>
              <button
                type="button"
                className="bar-button"
                title={words.breakdown.filterBy(name)}
                aria-pressed={view.filters[dimension] === of}
                onClick={() => filterBy(dimension, of)}
              >
                <Bar share={most === 0 ? 0 : impressions / most}>
                  <span className="bar-name">{name}</span>
                </Bar>
                <span className="bar-figure number" data-line={`${dimension}:${of ?? ''}`}>
                  {formatWhole(impressions)}
                </span>
                <span className="bar-rate">
                  <Rate metric="clickThroughRate" value={Number(line.clickThroughRate)} of={impressions} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {value.breakdown.some(({ impressions }) => isFew(Number(impressions))) && (
        <p className="panel-hint">{words.breakdown.few}</p>
      )}
      {value.breakdownSize > value.breakdown.length && (
        <button type="button" className="text-button more" onClick={() => setLimit(1_000)}>
          {words.breakdown.more(value.breakdownSize - value.breakdown.length)}
        </button>
      )}
    </div>
  );
}
