import { Tabs } from 'radix-ui';
import { RelativeTime } from '../campaign/relative-time.tsx';
import type { Happening } from '../lib/advertiser/live-advertiser.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { happeningText } from './happening-text.ts';
import { Panel } from './panel.tsx';

const kinds = {
  'milestone:reached': 'milestone',
  'alert:fired': 'alert',
  'invoice:updated': 'invoice',
  'engagement:created': 'engagement',
} as const;

/** Milestones, alerts and invoices, which screen readers hear of by themselves; and beside them who engages. */
export function EventsPanel() {
  const { live } = useAdvertising();
  const news = useStore(live.happenings);
  const engagement = useStore(live.engagement);
  return (
    <Tabs.Root defaultValue="news">
      <Panel
        title={words.events.title}
        aside={
          <Tabs.List className="tabs" aria-label={words.events.title}>
            <Tabs.Trigger value="news" className="tab">
              {words.events.news}
            </Tabs.Trigger>
            <Tabs.Trigger value="engagement" className="tab">
              {words.engagement}
            </Tabs.Trigger>
          </Tabs.List>
        }
      >
        <Tabs.Content value="news" className="event-scroll">
          <Events happenings={news} empty={words.events.empty} />
        </Tabs.Content>
        <Tabs.Content value="engagement" className="event-scroll">
          <Events happenings={engagement} empty={words.events.noEngagement} />
        </Tabs.Content>
      </Panel>
    </Tabs.Root>
  );
}

function Events({ happenings, empty }: { happenings: readonly Happening[]; empty: string }) {
  if (happenings.length === 0) return <p className="panel-note">{empty}</p>;
  return (
    <ol className="events">
      {happenings.map((happening) => (
        <Event happening={happening} key={`${happening.epoch}-${happening.seq}`} />
      ))}
    </ol>
  );
}

function Event({ happening }: { happening: Happening }) {
  const kind = kinds[happening.name];
  return (
    <li className="event" data-kind={kind}>
      <span className="event-kind">{words.events.kinds[kind]}</span>
      <span className="event-text">{happeningText(happening)}</span>
      <span className="event-time">
        <RelativeTime at={happening.at} />
      </span>
    </li>
  );
}
