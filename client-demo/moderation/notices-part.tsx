import { useState } from 'react';
import { attempt } from '../lib/moderation/acting.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/moderation.ts';
import { CaseCard } from './case-card.tsx';
import { CaseList } from './case-list.tsx';
import { useDesk } from './desk-context.ts';
import { say } from './toast-store.ts';

const { notices: text } = words;
/** Sending one is no event of the desk. */
const EVERY_MS = 10_000;

export function NoticesPart() {
  const { live } = useDesk();
  const [filter, setFilter] = useState<'open' | 'all'>('open');
  const { value, code } = useLiveQuery({
    key: filter,
    read: () => live.api.notices(filter === 'open' ? 'open' : undefined),
    when: live.moves,
    gapMs: 500,
    everyMs: EVERY_MS,
  });
  const answer = (id: number, action: 'uphold' | 'dismiss') => (explanation: string) =>
    attempt(() => live.api.decideNotice(id, action, explanation));
  return (
    <CaseList
      title={text.title}
      hint={text.hint}
      filter={filter}
      onFilter={setFilter}
      items={value?.items ?? null}
      code={code}
      empty={{ title: text.empty, hint: text.emptyHint }}
      draw={(notice) => (
        <CaseCard
          key={notice.id}
          who={notice.comment?.author.name ?? words.log.comment(notice.commentId)}
          at={notice.createdAt}
          status={{ key: notice.status, text: text.status[notice.status] }}
          comment={notice.comment}
          label={text.answer}
          explanation={notice.outcome}
          answers={[
            { text: text.uphold, tone: 'danger', give: answer(notice.id, 'uphold') },
            { text: text.dismiss, tone: 'quiet', give: answer(notice.id, 'dismiss') },
          ]}
          onAnswered={() => {
            say(words.appeals.answered);
            live.touch(notice.commentId);
          }}
        >
          <h4 className="item-title">
            {text.said}, {text.from(notice.name ?? text.unnamed)}
          </h4>
          <p className="case-said" dir="auto">
            {notice.explanation}
          </p>
          {notice.law !== null && (
            <p className="quiet" dir="auto">
              {text.law(notice.law)}
            </p>
          )}
        </CaseCard>
      )}
    />
  );
}
