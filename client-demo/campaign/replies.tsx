import { useRef, useState } from 'react';
import { outgoingTo, shownReplies } from '../lib/thread/select.ts';
import { strings } from '../strings.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentItem } from './comment-item.tsx';
import { focusComment } from './focus.ts';
import { DEEPEST_INDENT } from './indent.ts';
import { OutgoingItem } from './outgoing-item.tsx';

export function Replies({ parentId, name, level }: { parentId: number; name: string; level: number }) {
  const { head, more, hidden, tail } = useThread((state) => shownReplies(state, parentId));
  const outgoing = useThread((state) => outgoingTo(state, parentId));
  if (head.length + tail.length + outgoing.length === 0 && !more) return null;
  return (
    <div className={level < DEEPEST_INDENT ? 'replies' : 'replies replies-flat'}>
      <ol className="comments" aria-label={strings.comment.repliesTo(name)}>
        {head.map((id) => (
          <CommentItem key={id} id={id} level={level + 1} />
        ))}
        {more && (
          <li className="show-replies">
            <ShowReplies parentId={parentId} hidden={hidden} shown={head.length} />
          </li>
        )}
        {tail.map((id) => (
          <CommentItem key={id} id={id} level={level + 1} />
        ))}
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
