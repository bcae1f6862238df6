import { useEffect, useState } from 'react';
import type { Item } from '../../server/contract/desk.ts';
import { neighbour } from '../lib/moderation/queue-list.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { useSelected } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { AuthorRail } from './author-rail.tsx';
import { ClaimBar } from './claim-bar.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { useDesk } from './desk-context.ts';
import type { Detail } from './detail.ts';
import { Evidence } from './evidence.tsx';
import { ItemText } from './item-text.tsx';
import { NotesAndDecisions } from './notes.tsx';
import { ThreadAround } from './thread-around.tsx';
import { useHand } from './use-hand.tsx';

/**
 * The comment in hand with all that helps to decide it. The text stays the one the moderator began to read: when its
 * author rewrites it, that is said, and a decision names the revision that was read.
 */
export function ItemPane({ id }: { id: number }) {
  const { live, view, show } = useDesk();
  const { value: detail, code } = useLiveQuery({
    key: String(id),
    read: () => live.api.item(id),
    when: live.movesOf(id),
    gapMs: 300,
  });
  const line = useSelected(live.list, ({ lines }) => lines.find(({ item }) => item.commentId === id) ?? null);
  const { shown, isRewritten, accept } = useHeld(newer(detail, line?.item ?? null));
  const next = () => {
    const list = live.list.get();
    const following = neighbour(list, id, 1) ?? neighbour(list, id, -1);
    show({ item: following }, true);
    live.sweep(following);
  };
  const onStale = () => {
    accept();
    live.touch(id);
  };
  const { decision, dialogs, noteField } = useHand({ item: shown, onDecided: next, onStale });

  if (shown === null) return <Nothing code={code} />;
  const left = line?.hasLeft === true ? line.decision : null;
  const elsewhere = line?.hasLeft === true || (line === null && detail !== null && detail.queue !== view.queue);
  return (
    <>
      <section className="pane item-pane" aria-label={words.item.label}>
        <button type="button" className="text-button item-back" onClick={() => show({ item: null })}>
          ← {words.item.back}
        </button>
        <div className="item-scroll">
          {elsewhere && (
            <p className="item-banner" role="status">
              {left !== null
                ? words.item.leftBy(left.moderator.name ?? words.aRule, words.verbs[left.action] ?? left.action)
                : words.item.left}
            </p>
          )}
          {isRewritten && (
            <p className="item-banner item-banner-warn" role="status">
              <span>{words.item.rewritten}</span>
              <button type="button" className="text-button" onClick={accept}>
                {words.item.showRewritten}
              </button>
            </p>
          )}
          <ItemText item={shown} />
          <ClaimBar item={shown} />
          <Evidence item={shown} />
          <ThreadAround detail={detail} />
          <NotesAndDecisions detail={detail} field={noteField} />
        </div>
        <DecisionBar decision={decision} />
      </section>
      <AuthorRail detail={detail} />
      {dialogs}
    </>
  );
}

function Nothing({ code }: { code: string | null }) {
  const { show } = useDesk();
  return (
    <section className="pane item-pane item-none" aria-label={words.item.label} aria-busy={code === null}>
      {code === null ? (
        <div className="item-scroll" aria-hidden="true">
          <div className="bone bone-line bone-short" />
          <div className="bone bone-line" />
          <div className="bone bone-line" />
        </div>
      ) : (
        <div className="queue-empty">
          <p className="queue-empty-title">
            {code === 'unknown_comment' ? words.problems.unknown_comment : words.failed}
          </p>
          <button type="button" className="text-button" onClick={() => show({ item: null })}>
            {words.item.back}
          </button>
        </div>
      )}
    </section>
  );
}

/** Of what the list and the answer know of it, the newer text; claims come with the stream first, so they are the list's. */
function newer(detail: Detail | null, listed: Item | null): Item | null {
  if (detail === null || listed === null) return detail ?? listed;
  if (listed.revision > detail.revision) return listed;
  return { ...detail, claim: listed.claim };
}

function useHeld(latest: Item | null) {
  const [held, setHeld] = useState<Item | null>(null);
  useEffect(() => {
    if (latest !== null && held === null) setHeld(latest);
  }, [latest, held]);
  const isRewritten = held !== null && latest !== null && latest.revision > held.revision;
  const shown =
    isRewritten && latest !== null
      ? {
          ...latest,
          comment: { ...latest.comment, text: held.comment.text },
          rules: held.rules,
          revision: held.revision,
        }
      : latest;
  return { shown, isRewritten, accept: () => setHeld(null) };
}
