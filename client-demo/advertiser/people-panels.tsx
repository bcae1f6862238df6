import { Avatar } from '../avatar.tsx';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Panel, Pending } from './panel.tsx';

const { people } = words;

interface Line {
  user: { id: number; name: string };
  figures: string;
  lastAt: string;
}

export function CommentersPanel() {
  const { live } = useAdvertising();
  const { value, code } = useLiveQuery({
    key: '',
    read: () => live.api.commenters(live.campaignId),
    when: live.moves,
    gapMs: 3_000,
  });
  const lines = value?.items.map(({ comments, likes, ...line }) => ({
    ...line,
    figures: `${people.comments(comments)}, ${people.likes(likes)}`,
  }));
  return (
    <Panel title={people.commenters} hint={people.commentersHint}>
      <People lines={lines} code={code} empty={people.noCommenters} />
    </Panel>
  );
}

export function RetargetingPanel() {
  const { live } = useAdvertising();
  const { value, code } = useLiveQuery({
    key: '',
    read: () => live.api.retargeting(live.campaignId),
    when: live.moves,
    gapMs: 3_000,
  });
  const lines = value?.items.map(({ engagements, ...line }) => ({ ...line, figures: people.engagements(engagements) }));
  return (
    <Panel title={people.retargeting} hint={people.retargetingHint}>
      <People lines={lines} code={code} empty={people.noRetargeting} />
    </Panel>
  );
}

function People({ lines, code, empty }: { lines: Line[] | undefined; code: string | null; empty: string }) {
  if (lines === undefined) return <Pending code={code} />;
  if (lines.length === 0) return <p className="panel-note">{empty}</p>;
  return (
    <ol className="people">
      {lines.map(({ user, figures, lastAt }) => (
        <li className="person" key={user.id}>
          <Avatar id={user.id} name={user.name} />
          <span className="person-text">
            <span className="person-name">{user.name}</span>
            <span className="quiet number">{figures}</span>
          </span>
          <span className="quiet">
            <RelativeTime at={lastAt} />
          </span>
        </li>
      ))}
    </ol>
  );
}
