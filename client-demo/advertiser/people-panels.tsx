import { useState } from 'react';
import { Avatar } from '../avatar.tsx';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { type Page, readPages } from '../lib/advertiser/advertiser-api.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { MoreButton } from './more-button.tsx';
import { Panel, Pending } from './panel.tsx';

const { people } = words;

interface Line {
  user: { id: number; name: string };
  figures: string;
  lastAt: string;
}

export function CommentersPanel() {
  const { live } = useAdvertising();
  const list = useLength();
  const { value, code } = useLiveQuery({
    key: list.key,
    read: () => list.read((limit, cursor) => live.api.commenters(live.campaignId, limit, cursor)),
    when: live.moves,
    gapMs: 3_000,
  });
  const lines = value?.items.map(({ comments, likes, ...line }) => ({
    ...line,
    figures: `${people.comments(comments)}, ${people.likes(likes)}`,
  }));
  return (
    <Panel title={people.commenters} hint={people.commentersHint}>
      <People lines={lines} code={code} empty={people.noCommenters} onMore={value?.nextCursor ? list.more : null} />
    </Panel>
  );
}

export function RetargetingPanel() {
  const { live } = useAdvertising();
  const list = useLength();
  const { value, code } = useLiveQuery({
    key: list.key,
    read: () => list.read((limit, cursor) => live.api.retargeting(live.campaignId, limit, cursor)),
    when: live.moves,
    gapMs: 3_000,
  });
  const lines = value?.items.map(({ engagements, ...line }) => ({ ...line, figures: people.engagements(engagements) }));
  return (
    <Panel title={people.retargeting} hint={people.retargetingHint}>
      <People lines={lines} code={code} empty={people.noRetargeting} onMore={value?.nextCursor ? list.more : null} />
    </Panel>
  );
}

const FIRST = 5;
const PAGE = 100;

/** The first few, and by each press a page more. */
function useLength() {
  const [pages, setPages] = useState(0);
  const read = <T,>(page: (limit: number, cursor?: string) => Promise<Page<T>>) =>
    pages === 0 ? page(FIRST) : readPages((cursor) => page(PAGE, cursor), pages);
  return { key: String(pages), read, more: () => setPages(pages + 1) };
}

interface PeopleProps {
  lines: Line[] | undefined;
  code: string | null;
  empty: string;
  /** Null when all are there. */
  onMore: (() => void) | null;
}

function People({ lines, code, empty, onMore }: PeopleProps) {
  if (lines === undefined) return <Pending code={code} />;
  if (lines.length === 0) return <p className="panel-note">{empty}</p>;
  return (
    <div className="people-scroll">
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
      {onMore !== null && <MoreButton onMore={onMore} />}
    </div>
  );
}
