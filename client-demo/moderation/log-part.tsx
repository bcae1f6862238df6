import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { logEntrySchema } from '../../server/contract/desk.ts';
import { Choice } from '../advertiser/choice.tsx';
import { Pending } from '../advertiser/panel.tsx';
import { formatCount } from '../format.ts';
import type { DeskApi } from '../lib/moderation/desk-api.ts';
import { codeOf } from '../lib/problem.ts';
import { useStore } from '../watching.ts';
import { actionText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { LogTable } from './log-table.tsx';

const { log: text } = words;
const everything = 'all';
const actions = ['approve', 'reject', 'undo', 'escalate', 'note', 'hold', 'appeal', 'grant', 'deny', 'rules', 'lift'];

interface Pages {
  readonly items: readonly z.infer<typeof logEntrySchema>[];
  readonly cursor: string | null;
  readonly code: string | null;
  readonly isRead: boolean;
}
type Page = Awaited<ReturnType<DeskApi['log']>>;
const unread: Pages = { items: [], cursor: null, code: null, isRead: false };

/** What came goes above what is there; more than a page of it begins the list anew. */
function withNewest(known: Pages, { items, nextCursor }: Page): Pages {
  const newest = known.items[0]?.id ?? 0;
  const came = items.filter(({ id }) => id > newest);
  if (came.length === items.length) return { items, cursor: nextCursor, code: null, isRead: true };
  return { ...known, items: [...came, ...known.items], code: null };
}

const withOlder = (known: Pages, { items, nextCursor }: Page): Pages => ({
  items: [...known.items, ...items],
  cursor: nextCursor,
  code: null,
  isRead: true,
});

/** All that was ever done at the desk, newest first, page by page. */
export default function LogPart() {
  const { live } = useDesk();
  const [action, setAction] = useState(everything);
  const [pages, setPages] = useState(unread);
  const moves = useStore(live.moves);
  const read = useCallback(
    async (cursor?: string) => {
      const query = { ...(action === everything ? {} : { action }), ...(cursor === undefined ? {} : { cursor }) };
      try {
        const page = await live.api.log(query);
        setPages((known) => (cursor === undefined ? withNewest(known, page) : withOlder(known, page)));
      } catch (error) {
        setPages((known) => ({ ...known, code: codeOf(error) }));
      }
    },
    [live, action],
  );
  useEffect(() => {
    const timer = setTimeout(() => void read(), moves === 0 ? 0 : 500);
    return () => clearTimeout(timer);
  }, [read, moves]);
  return (
    <section className="part" aria-label={text.title}>
      <header className="part-head">
        <div>
          <h2 className="part-title">{text.title}</h2>
          <p className="panel-hint">{text.hint}</p>
        </div>
        <div className="part-tools">
          <Choice
            label={text.action}
            value={action}
            options={[
              { value: everything, text: text.all },
              ...actions.map((value) => ({ value, text: actionText(value) })),
            ]}
            onChange={(chosen) => {
              setAction(chosen);
              setPages(unread);
            }}
          />
          <Verify />
        </div>
      </header>
      <div className="pane part-table">
        {!pages.isRead ? <Pending code={pages.code} /> : <LogTable entries={pages.items} />}
        {pages.isRead && pages.items.length === 0 && <p className="panel-note">{text.empty}</p>}
        {pages.cursor !== null && (
          <button type="button" className="text-button" onClick={() => void read(pages.cursor ?? undefined)}>
            {words.more}
          </button>
        )}
      </div>
    </section>
  );
}

type Verified =
  | { state: 'none' | 'asking' | 'failed' }
  | { state: 'done'; lines: number; differences: number; head: string | null };

/** The hash of every line, computed again in the database. */
function Verify() {
  const { live } = useDesk();
  const [verified, setVerified] = useState<Verified>({ state: 'none' });
  const verify = () => {
    setVerified({ state: 'asking' });
    live.api.verifyLog().then(
      (answer) => setVerified({ state: 'done', ...answer }),
      () => setVerified({ state: 'failed' }),
    );
  };
  return (
    <div className="verify">
      <span role="status" className="verify-state" data-broken={verified.state === 'done' && verified.differences > 0}>
        {verified.state === 'done' &&
          (verified.differences === 0
            ? text.intact(formatCount(verified.lines))
            : text.broken(formatCount(verified.differences)))}
        {verified.state === 'failed' && words.failed}
        {verified.state === 'done' && verified.head !== null && (
          <span className="quiet" title={verified.head}>
            {' '}
            {text.head} {verified.head.slice(0, 10)}
          </span>
        )}
      </span>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={verified.state === 'asking'}
        onClick={verify}
      >
        {verified.state === 'asking' ? text.verifying : text.verify}
      </button>
    </div>
  );
}
