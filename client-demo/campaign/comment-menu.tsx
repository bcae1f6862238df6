import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { MoreIcon } from '../icons.tsx';
import { notify } from '../notices.tsx';
import { words } from '../words/campaign.ts';
import { useThread } from './campaign-context.ts';
import { askedDialog } from './dialogs.ts';
import '../styles/menu.css';

export interface CommentMenuProps {
  comment: Comment;
  /** Where anyone finds it. */
  url: string;
  onEdit: () => void;
}

/** What is done to a comment seldom enough to stand behind a button. */
export default function CommentMenu({ comment, url, onEdit }: CommentMenuProps) {
  const own = useThread((state) => state.viewerId === comment.author.id);
  const signedIn = useThread((state) => state.viewerId !== null);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => notify(words.linkCopied),
      () => notify(url),
    );
  const moves = useRef(false);
  const moving = (act: () => void) => () => {
    moves.current = true;
    act();
  };
  const keepFocus = (event: Event) => {
    if (moves.current) event.preventDefault();
    moves.current = false;
  };
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className="small-action" aria-label={words.more(comment.author.name)}>
        <MoreIcon />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu menu-small"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          onCloseAutoFocus={keepFocus}
        >
          {own && (
            <DropdownMenu.Item className="menu-item" onSelect={moving(onEdit)}>
              {words.edit}
            </DropdownMenu.Item>
          )}
          {own && (
            <DropdownMenu.Item
              className="menu-item"
              onSelect={moving(() => askedDialog.set({ kind: 'remove', comment }))}
            >
              {words.remove}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className="menu-item" onSelect={() => void copy()}>
            {words.copyLink}
          </DropdownMenu.Item>
          {!own && signedIn && (
            <DropdownMenu.Item
              className="menu-item"
              onSelect={moving(() => askedDialog.set({ kind: 'report', comment }))}
            >
              {words.report}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
