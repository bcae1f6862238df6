import { useState } from 'react';
import { attempt } from '../lib/moderation/acting.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { actionText, reasonText, words } from '../words/moderation.ts';
import { CaseCard } from './case-card.tsx';
import { CaseList } from './case-list.tsx';
import { useDesk } from './desk-context.ts';
import { say } from './toast-store.ts';

const { appeals: text } = words;
/** Filing one is no event of the desk. */
const EVERY_MS = 10_000;

export function AppealsPart() {
  const { live } = useDesk();
  const [filter, setFilter] = useState<'open' | 'all'>('open');
  const { value, code } = useLiveQuery({
    key: filter,
    read: () => live.api.appeals(filter === 'open' ? 'open' : undefined),
    when: live.moves,
    gapMs: 500,
    everyMs: EVERY_MS,
  });
  const answer = (id: number, action: 'grant' | 'deny') => (explanation: string) =>
    attempt(() => live.api.decideAppeal(id, action, explanation));
  return (
    <CaseList
      title={text.title}
      hint={text.hint}
      filter={filter}
      onFilter={setFilter}
      items={value?.items ?? null}
      code={code}
      empty={{ title: text.empty, hint: text.emptyHint }}
      draw={(appeal) => {
        const { decision } = appeal;
        const by = decision.moderator === null ? words.aRule : (decision.moderator.name ?? words.aRule);
        return (
          <CaseCard
            key={appeal.id}
            who={appeal.author.name}
            at={appeal.createdAt}
            status={{ key: appeal.status, text: text.status[appeal.status] }}
            comment={appeal.comment}
            label={text.answer}
            explanation={appeal.explanation}
            answers={[
              { text: `${text.grant}: ${text.grantHint}`, tone: 'primary', give: answer(appeal.id, 'grant') },
              { text: text.deny, tone: 'quiet', give: answer(appeal.id, 'deny') },
            ]}
            onAnswered={() => {
              say(text.answered);
              live.touch(appeal.commentId);
            }}
          >
            <h4 className="item-title">{text.said}</h4>
            <p className="case-said" dir="auto">
              {appeal.text}
            </p>
            <h4 className="item-title">{text.decision}</h4>
            <p className="case-decision" dir="auto">
              {actionText(decision.action)} · {by}
              {decision.reason !== null && ` · ${reasonText(decision.reason)}`}
              {decision.explanation !== null && <span className="case-why">{decision.explanation}</span>}
            </p>
          </CaseCard>
        );
      }}
    />
  );
}
