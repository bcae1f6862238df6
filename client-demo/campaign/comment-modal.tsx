import type { ReactNode } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { Modal } from '../modal.tsx';
import { closeDialog } from './dialogs.ts';
import { elementOf } from './focus.ts';

interface CommentModalProps {
  comment: Comment;
  title: string;
  hint?: string;
  returnTo?: () => HTMLElement | null;
  children: ReactNode;
}

/** A dialog about a comment, which has the focus afterwards: the menu that it was asked from is gone by then. */
export const CommentModal = ({ comment, ...props }: CommentModalProps) => (
  <Modal onClose={closeDialog} returnTo={() => elementOf(comment.id)} {...props} />
);
