import { useState } from 'react';
import type { z } from 'zod';
import type { deskSanctionSchema, personSchema } from '../../server/contract/sanction.ts';
import { Panel, Pending } from '../advertiser/panel.tsx';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { formatCount, formatDay } from '../format.ts';
import { attempt } from '../lib/moderation/acting.ts';
import { Store } from '../lib/store.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { LogTable } from './log-table.tsx';
import { refusalText } from './refusal-text.ts';
import { SanctionDialog } from './sanction-dialog.tsx';
import { say } from './toast-store.ts';

const { users: text } = words;
type Person = z.infer<typeof personSchema>;
type Sanction = z.infer<typeof deskSanctionSchema>;

/** A user as moderators know them: the record, what holds against them, and what was decided. */
export default function UsersPart() {
  const { view, show } = useDesk();
  const [typed, setTyped] = useState(view.user === null ? '' : String(view.user));
  const wanted = /^[1-9]\d{0,15}$/.test(typed.trim()) ? Number(typed) : null;
  return (
    <section className="part" aria-label={words.tabs.users}>
      <form
        className="part-head user-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== null) show({ user: wanted });
        }}
      >
        <label className="form-label">
          {text.lookUp}
          <input
            className="input"
            inputMode="numeric"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <button type="submit" className="button button-primary button-small" disabled={wanted === null}>
          {text.open}
        </button>
      </form>
      {view.user === null ? (
        <p className="part-empty pane panel-hint">{text.hint}</p>
      ) : (
        <User id={view.user} key={view.user} />
      )}
    </section>
  );
}

function User({ id }: { id: number }) {
  const { live } = useDesk();
  const [moves] = useState(() => new Store(0));
  const touch = () => moves.set(moves.get() + 1);
  const { value, code } = useLiveQuery({ key: String(id), read: () => live.api.person(id), when: moves, gapMs: 200 });
  const [isSanctioning, setSanctioning] = useState(false);
  if (value === null) return <Pending code={code} />;
  return (
    <div className="part-grid">
      <Panel
        title={value.name}
        hint={words.log.user(value.id)}
        aside={
          <button type="button" className="button button-quiet button-small" onClick={() => setSanctioning(true)}>
            {words.item.sanction}
          </button>
        }
      >
        <Record record={value.record} />
      </Panel>
      <Panel title={text.inForce}>
        {value.sanctions.length === 0 ? (
          <p className="quiet">{text.noneInForce}</p>
        ) : (
          <Sanctions list={value.sanctions} onLifted={touch} />
        )}
      </Panel>
      <Panel title={text.history}>
        {value.history.length === 0 ? <p className="quiet">{text.noHistory}</p> : <Sanctions list={value.history} />}
      </Panel>
      <Panel title={text.log} className="part-wide">
        {value.log.length === 0 ? <p className="quiet">{text.noLog}</p> : <LogTable entries={value.log} />}
      </Panel>
      {isSanctioning && (
        <SanctionDialog user={value} campaignId={null} onClose={() => setSanctioning(false)} onDone={touch} />
      )}
    </div>
  );
}

function Record({ record }: { record: Person['record'] }) {
  const lines: [name: string, value: string][] = [
    [words.item.comments, formatCount(record.comments)],
    [words.item.rejections, formatCount(record.rejections)],
    [text.held, formatCount(record.held)],
    [text.raised, formatCount(record.flags.raised)],
    [text.agreed, formatCount(record.flags.agreed)],
    [text.weight, record.flags.weight === null ? '–' : String(record.flags.weight)],
    [text.appeals, formatCount(record.appeals.filed)],
    [text.granted, formatCount(record.appeals.granted)],
  ];
  return (
    <dl className="rail-figures">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sanctions({ list, onLifted }: { list: readonly Sanction[]; onLifted?: () => void }) {
  const { live } = useDesk();
  const lift = async ({ userId, kind, campaignId }: Sanction) => {
    const acted = await attempt(() => live.api.lift(userId, kind, campaignId));
    say(acted.ok ? words.sanction.lifted : refusalText(acted.refused), acted.ok ? 'plain' : 'problem');
    onLifted?.();
  };
  return (
    <ul className="sanctions">
      {list.map((sanction) => (
        <li className="sanction" key={sanction.id}>
          <span className={`chip ${sanction.inForce ? 'chip-danger' : ''}`}>{words.sanction.kinds[sanction.kind]}</span>
          <span className="sanction-text">
            <span dir="auto">{sanction.reason}</span>
            <span className="quiet">
              {[
                sanction.campaignId === null ? words.item.everywhere : words.item.only(sanction.campaignId),
                sanction.until === null ? words.item.forever : words.sanction.ends(formatDay(sanction.until)),
                ...(sanction.inForce ? [] : [text.over]),
              ].join(', ')}
              , <RelativeTime at={sanction.createdAt} />
            </span>
          </span>
          {onLifted !== undefined && (
            <button type="button" className="button button-quiet button-small" onClick={() => void lift(sanction)}>
              {words.sanction.lift}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
