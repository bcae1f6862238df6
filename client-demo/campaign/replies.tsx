import { type ReactNode, useRef, useState } from 'react';
import { outgoingTo, shownReplies } from '../lib/thread/select.ts';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { focusComment } from './focus.ts';
import { DEEPEST_INDENT } from './indent.ts';
import { OutgoingItem } from './outgoing-item.tsx';

interface RepliesProps {
  parentId: number;
  /** Whose comment is replied to. */
  name: string;
  level: number;
  /** Draws a reply, with the replies to it. */
  draw: (id: number) => ReactNode;
}

export function Replies({ parentId, name, level, draw }: RepliesProps) {
  const { head, more, hidden, tail } = useThread((state) => shownReplies(state, parentId));
  const outgoing = useThread((state) => outgoingTo(state, parentId));
  if (head.length + tail.length + outgoing.length === 0 && !more) return null;
  return (
    <div className={level < DEEPEST_INDENT ? 'replies' : 'replies replies-flat'}>
      <ol className="comments" aria-label={strings.comment.repliesTo(name)}>
        {head.map(draw)}
        {more && (
          <li className="show-replies">
            <ShowReplies parentId={parentId} hidden={hidden} shown={head.length} />
          </li>
        )}
        {tail.map(draw)}
        {outgoing.map((post) => (
          <OutgoingItem key={post.key} post={post} />
        ))}
      </ol>
    </div>
  );
}

function ShowReplies({ parentId, hidden, shown }: { parentId: number; hidden: number; shown: number }) {
  const { pager } = useCampaign();
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const load = async () => {
    const list = button.current?.closest('ol');
    setBusy(true);
    if (await pager.replies(parentId)) focusComment(list, shown);
    setBusy(false);
  };
  const words =
    shown > 0 || hidden === 0 ? strings.comment.showMoreReplies(hidden) : strings.comment.showReplies(hidden);
  return (
    <button
      type="button"
      ref={button}
      className="text-button"
      aria-disabled={busy}
      onClick={() => !busy && void load()}
    >
      {busy ? strings.discussion.loading : words}
    </button>
  );
}
