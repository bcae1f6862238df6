import { useEffect, useRef, useState } from 'react';
import type { Item } from '../../server/contract/desk.ts';
import type { Acted, Verdict } from '../lib/moderation/acting.ts';
import { suggestedReason } from '../lib/moderation/evidence.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { EscalateDialog } from './escalate-dialog.tsx';
import { type Hand, hand } from './hand.ts';
import { refusalText } from './refusal-text.ts';
import { SanctionDialog } from './sanction-dialog.tsx';
import { said, say } from './toast-store.ts';

export interface DecisionState {
  readonly reason: string | null;
  readonly setReason: (reason: string) => void;
  readonly explanation: string;
  readonly setExplanation: (text: string) => void;
  readonly isExplaining: boolean;
  readonly setExplaining: (open: boolean) => void;
  readonly isBusy: boolean;
  readonly approve: () => void;
  readonly reject: () => void;
  readonly escalate: () => void;
}

/** What is about to be decided on a comment, offered to the pane, the keyboard and the commands alike. */
export function useHand(options: { item: Item | null; onDecided: () => void; onStale: () => void }) {
  const { item, onDecided, onStale } = options;
  const { acting, live, viewerId } = useDesk();
  const [chosen, setReason] = useState<string | null>(null);
  const [explanation, setExplanation] = useState('');
  const [isExplaining, setExplaining] = useState(false);
  const [dialog, setDialog] = useState<'escalate' | 'sanction' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const reason = chosen ?? (item === null ? null : suggestedReason(item));

  const tell = (acted: Acted, text: string) => {
    if (acted.ok) say(text);
    else say(refusalText(acted.refused), 'problem');
  };
  const decide = async (verdict: Verdict) => {
    if (item === null || isBusy) return;
    setBusy(true);
    const words = explanation.trim();
    const acted = await acting.decide(item, { ...verdict, ...(words === '' ? {} : { explanation: words }) });
    setBusy(false);
    if (acted.ok) {
      said.set(null);
      onDecided();
      return;
    }
    say(refusalText(acted.refused), 'problem');
    if (acted.refused.code === 'stale_revision') onStale();
    else live.touch(item.commentId);
  };
  const reject = (why = reason) => {
    if (why === null) say(words.decide.chooseReason);
    else void decide({ action: 'reject', reason: why });
  };
  const claim = async () => {
    if (item === null) return;
    const isOwn = item.claim !== null && item.claim.by.id === viewerId;
    const acted = await (isOwn ? acting.release(item.commentId) : acting.claim(item.commentId));
    if (acted.ok) announce(isOwn ? words.done.released : words.done.claimed);
    else say(refusalText(acted.refused), 'problem');
  };
  const decision: DecisionState = {
    reason,
    setReason,
    explanation,
    setExplanation,
    isExplaining,
    setExplaining,
    isBusy,
    approve: () => void decide({ action: 'approve' }),
    reject: () => reject(),
    escalate: () => setDialog('escalate'),
  };
  // Whoever uses it later uses what is on the screen then.
  useEffect(() => {
    if (item === null) return;
    const now: Hand = {
      commentId: item.commentId,
      author: item.comment.author,
      approve: decision.approve,
      reject,
      choose: setReason,
      explain: () => setExplaining(true),
      escalate: decision.escalate,
      claim: () => void claim(),
      note: () => noteField.current?.focus(),
      sanction: () => setDialog('sanction'),
    };
    hand.set(now);
  });
  useEffect(() => () => hand.set(null), []);

  const close = () => setDialog(null);
  const dialogs = item !== null && (
    <>
      {dialog === 'escalate' && (
        <EscalateDialog
          onClose={close}
          onConfirm={async (note) => {
            close();
            tell(await acting.escalate(item.commentId, note), words.done.escalate);
          }}
        />
      )}
      {dialog === 'sanction' && (
        <SanctionDialog
          user={item.comment.author}
          campaignId={item.campaignId}
          reason={reason}
          onClose={close}
          onDone={() => live.touch(item.commentId)}
        />
      )}
    </>
  );
  return { decision, dialogs, noteField };
}
