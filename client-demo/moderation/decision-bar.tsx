import { useEffect, useRef, useState } from 'react';
import { Choice } from '../advertiser/choice.tsx';
import { Segmented } from '../advertiser/segmented.tsx';
import { reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { reasons } from './hand.ts';
import { Key } from './key.tsx';
import type { DecisionState } from './use-hand.tsx';

const { decide: text } = words;

/** Reason, words for the author, and the decision: one press, since it can be taken back. */
export function DecisionBar({ decision }: { decision: DecisionState }) {
  const { reason, setReason, isExplaining, setExplaining, isBusy, approve, reject, escalate } = decision;
  return (
    <section className="decision" aria-label={text.label}>
      {isExplaining && <Explain decision={decision} />}
      <div className="decision-reasons">
        <Segmented
          label={text.reason}
          value={reason ?? ''}
          options={reasons.map((value): { value: string; text: string } => ({ value, text: reasonText(value) }))}
          onChange={setReason}
        />
        {!isExplaining && (
          <button type="button" className="text-button" onClick={() => setExplaining(true)}>
            {text.explain} <Key>X</Key>
          </button>
        )}
      </div>
      <div className="decision-buttons">
        <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={approve}>
          {text.approve} <Key>A</Key>
        </button>
        <button type="button" className="button button-danger" aria-disabled={isBusy} onClick={reject}>
          {text.reject} <Key>R</Key>
        </button>
        <button type="button" className="button button-quiet" onClick={escalate}>
          {text.escalate} <Key>E</Key>
        </button>
        <span className="quiet decision-next">{text.next}</span>
      </div>
    </section>
  );
}

function Explain({ decision }: { decision: DecisionState }) {
  const { live } = useDesk();
  const { reason, setReason, explanation, setExplanation, setExplaining } = decision;
  const [templates, setTemplates] = useState<Awaited<ReturnType<typeof live.api.templates>>>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    live.api.templates().then(setTemplates, () => {});
  }, [live]);
  // Those for the chosen reason first.
  const offered = [...templates].sort((a, b) => Number(b.reason === reason) - Number(a.reason === reason));
  return (
    <div className="explain">
      <textarea
        ref={field}
        className="area"
        rows={3}
        dir="auto"
        aria-label={text.explanation}
        placeholder={text.explanation}
        value={explanation}
        onChange={({ target }) => setExplanation(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.currentTarget.blur();
            if (explanation.trim() === '') setExplaining(false);
          }
        }}
      />
      {offered.length > 0 && (
        <Choice
          label={text.template}
          value=""
          options={[
            { value: '', text: text.template },
            ...offered.map(({ id, title }) => ({ value: `${id}`, text: title })),
          ]}
          onChange={(value) => {
            const template = offered.find(({ id }) => `${id}` === value);
            if (template === undefined) return;
            setExplanation(template.text);
            if (reasons.some((known) => known === template.reason)) setReason(template.reason);
          }}
        />
      )}
    </div>
  );
}
