import { useRef } from 'react';
import { formatCount } from '../format.ts';
import { amount } from '../lib/registers.ts';
import { outgoingTo, shownTop } from '../lib/thread/select.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/campaign.ts';
import { strings } from '../words/page.ts';
import { Arrivals } from './arrivals.tsx';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentItem } from './comment-item.tsx';
import { CommentList, WINDOWED_FROM } from './comment-list.tsx';
import { Composer } from './composer.tsx';
import { LinkedComment } from './linked-comment.tsx';
import { LoadMore } from './load-more.tsx';
import { OutgoingItem } from './outgoing-item.tsx';
import { RepliesBelow } from './replies-below.tsx';
import { bars, Restriction, useRestriction } from './restriction.tsx';
import { CommentsSkeleton } from './skeleton.tsx';
import { SortChoice } from './sort-choice.tsx';
import { useFollowing } from './use-following.ts';
import { Writers } from './writers.tsx';

export function Discussion() {
  const campaign = useCampaign();
  const ready = useStore(campaign.loading).state === 'ready';
  const comments = useThread((state) => amount(state.counters, 'comments'));
  const section = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useFollowing(section, list);
  return (
    <section className="discussion" id="discussion" ref={section} aria-labelledby="discussion-title">
      <header className="discussion-head">
        <h2 className="discussion-title" id="discussion-title">
          {strings.discussion.title}
          <span className="discussion-count">
            <span aria-hidden="true">{formatCount(comments)}</span>
            <span className="visually-hidden">{strings.discussion.count(comments, formatCount(comments))}</span>
          </span>
        </h2>
        <SortChoice />
      </header>
      <LinkedComment />
      <MainComposer />
      <Writers />
      <div ref={list} className="thread" aria-busy={!ready}>
        <Arrivals list={list} />
        {ready ? <TopLevel /> : <CommentsSkeleton />}
      </div>
      <RepliesBelow />
    </section>
  );
}

function MainComposer() {
  const restriction = useRestriction();
  const status = useThread((state) => state.campaign?.value.status);
  const signedOut = useThread((state) => state.viewerId === null);
  if (status !== 'live' && status !== 'paused') return <p className="closed">{strings.campaign.closed}</p>;
  if (signedOut) return <p className="closed">{strings.composer.signedOut}</p>;
  if (restriction !== null && bars(restriction)) return <Restriction sanction={restriction} />;
  return (
    <>
      <Composer parentId={null} />
      {restriction !== null && <p className="composer-note">{words.restricted.premod}</p>}
    </>
  );
}

function TopLevel() {
  const { head, more, tail, arrivals } = useThread(shownTop);
  const outgoing = useThread((state) => outgoingTo(state, null));
  if (head.length + tail.length + arrivals.length + outgoing.length === 0 && !more) return <Empty />;
  return (
    <>
      {outgoing.length > 0 && (
        <ol className="comments">
          {outgoing.toReversed().map((post) => (
            <OutgoingItem key={post.key} post={post} />
          ))}
        </ol>
      )}
      <CommentList ids={head} more={more} />
      {/* With comments behind the gap, loading by itself would move what is read there. */}
      {more && <LoadMore after={head.length} auto={head.length >= WINDOWED_FROM && tail.length === 0} />}
      {tail.length > 0 && (
        <ol className="comments">
          {tail.map((id) => (
            <CommentItem key={id} id={id} level={0} />
          ))}
        </ol>
      )}
    </>
  );
}

function Empty() {
  return (
    <div className="empty">
      <p className="empty-title">{strings.discussion.empty}</p>
      <p className="empty-hint">{strings.discussion.emptyHint}</p>
    </div>
  );
}
