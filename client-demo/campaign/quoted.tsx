import type { Comment } from '../../server/contract/comment.ts';
import { CommentText } from './comment-text.tsx';

/** The comment that a dialog is about. */
export function Quoted({ comment }: { comment: Comment }) {
  return (
    <blockquote className="quoted">
      <bdi className="comment-author">{comment.author.name}</bdi>
      <CommentText text={comment.text ?? ''} />
    </blockquote>
  );
}
