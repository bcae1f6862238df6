import { type ReactNode, useMemo, useState } from 'react';
import type { RefusedLine } from '../lib/moderation/acting.ts';
import { Modal } from '../modal.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { marked } from './hand.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

export interface Batch {
  readonly reason: string;
  setReason(reason: string): void;
  decide(action: 'approve' | 'reject', reason: string | null): Promise<void>;
  readonly dialog: ReactNode;
}

/** The marked comments decided together, all or nothing; what stands in the way is told line by line. */
export function useBatch(): Batch {
  const { live, acting, show } = useDesk();
  const [reason, setReason] = useState('spam');
  const [refused, setRefused] = useState<readonly RefusedLine[]>([]);
  return useMemo(() => {
    const decide = async (action: 'approve' | 'reject', why: string | null) => {
      const ids = marked.get();
      const items = live.list
        .get()
        .lines.filter(({ item, hasLeft }) => ids.has(item.commentId) && !hasLeft)
        .map(({ item }) => item);
      if (items.length === 0) return;
      const acted = await acting.decideAll(items, { action, ...(why === null ? {} : { reason: why }) });
      if (acted.ok) {
        marked.set(new Set());
        show({ item: null }, true);
        live.sweep(null);
      } else if (acted.lines !== undefined) setRefused(acted.lines);
      else say(refusalText(acted.refused), 'problem');
    };
    const dialog = refused.length > 0 && <RefusedDialog lines={refused} onClose={() => setRefused([])} />;
    return { reason, setReason, decide, dialog };
  }, [live, acting, show, reason, refused]);
}

function RefusedDialog({ lines, onClose }: { lines: readonly RefusedLine[]; onClose: () => void }) {
  const { live } = useDesk();
  const list = useStore(live.list);
  const lineOf = (id: number) => list.lines.find(({ item }) => item.commentId === id)?.item.comment;
  const unmark = () => {
    const gone = new Set(lines.map(({ commentId }) => commentId));
    marked.set(new Set([...marked.get()].filter((id) => !gone.has(id))));
    onClose();
  };
  return (
    <Modal title={words.marked.refused(lines.length)} onClose={onClose}>
      <ul className="refused">
        {lines.map((line) => (
          <li className="refused-line" key={line.commentId}>
            <p className="refused-text" dir="auto">
              <strong>{lineOf(line.commentId)?.author.name}</strong> {lineOf(line.commentId)?.text}
            </p>
            <p className="refused-why">{refusalText(line)}</p>
          </li>
        ))}
      </ul>
      <div className="modal-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {words.marked.keep}
        </button>
        <button type="button" className="button button-primary" onClick={unmark}>
          {words.marked.unmark}
        </button>
      </div>
    </Modal>
  );
}
