import { lazy, Suspense, useState } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { MoreIcon } from '../icons.tsx';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';

const load = () => import('./comment-menu.tsx');
const CommentMenu = lazy(load);

/** The menu of a comment. It is loaded when somebody reaches for one, and stands on the page only while it is open. */
export function CommentMore({ comment, onEdit }: { comment: Comment; onEdit: () => void }) {
  const campaign = useCampaign();
  const [opened, setOpened] = useState(false);
  const button = (
    <button
      type="button"
      className="small-action"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label={words.more(comment.author.name)}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setOpened(true)}
    >
      <MoreIcon />
    </button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <CommentMenu comment={comment} url={`${campaign.url}?comment=${comment.id}`} onEdit={onEdit} />
    </Suspense>
  );
}
