import { Choice } from '../advertiser/choice.tsx';
import { useStore } from '../watching.ts';
import { reasonText, words } from '../words/moderation.ts';
import { marked, reasons } from './hand.ts';
import type { Batch } from './use-batch.tsx';

/** What to do with all that are marked. */
export function BatchBar({ batch }: { batch: Batch }) {
  const { size } = useStore(marked);
  if (size === 0) return null;
  return (
    <section className="batch-bar" aria-label={words.marked.count(size)}>
      <span className="batch-count number">{words.marked.count(size)}</span>
      <button type="button" className="text-button" onClick={() => marked.set(new Set())}>
        {words.marked.clear}
      </button>
      <span className="batch-actions">
        <button type="button" className="button button-small" onClick={() => void batch.decide('approve', null)}>
          {words.marked.approve}
        </button>
        <button
          type="button"
          className="button button-small button-danger"
          onClick={() => void batch.decide('reject', batch.reason)}
        >
          {words.marked.reject}
        </button>
        <Choice
          label={words.decide.reason}
          value={batch.reason}
          options={reasons.map((value): { value: string; text: string } => ({ value, text: reasonText(value) }))}
          onChange={batch.setReason}
        />
      </span>
    </section>
  );
}
