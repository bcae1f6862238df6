import { formatCount, formatDay } from '../format.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import type { Detail } from './detail.ts';
import { hand } from './hand.ts';
import { Key } from './key.tsx';

/** Who wrote it: what they wrote before, and what holds against them. */
export function AuthorRail({ detail }: { detail: Detail | null }) {
  const { show } = useDesk();
  if (detail === null) {
    return <aside className="pane author-rail" aria-label={words.item.author} aria-busy="true" />;
  }
  const { author } = detail;
  const now = author.sanctions.filter(holds);
  const past = author.sanctions.filter((sanction) => !holds(sanction));
  return (
    <aside className="pane author-rail" aria-label={words.item.author}>
      <h3 className="item-title">{words.item.author}</h3>
      <p className="rail-name" dir="auto">
        {author.name}
      </p>
      <dl className="rail-figures">
        <div>
          <dt>{words.item.comments}</dt>
          <dd className="number">{formatCount(author.comments)}</dd>
        </div>
        <div>
          <dt>{words.item.rejections}</dt>
          <dd className="number" data-bad={author.rejections > 0}>
            {formatCount(author.rejections)}
          </dd>
        </div>
        <div>
          <dt>{words.item.reports}</dt>
          <dd className="number">{formatCount(author.flags)}</dd>
        </div>
      </dl>
      <h3 className="item-title">{words.item.sanctions}</h3>
      {now.length === 0 ? <p className="quiet">{words.item.noSanctions}</p> : <Sanctions list={now} />}
      {past.length > 0 && (
        <>
          <h3 className="item-title">{words.item.past}</h3>
          <Sanctions list={past} />
        </>
      )}
      <div className="rail-actions">
        <button type="button" className="button button-quiet button-small" onClick={() => hand.get()?.sanction()}>
          {words.item.sanction} <Key>S</Key>
        </button>
        <button type="button" className="text-button" onClick={() => show({ tab: 'users', user: author.id })}>
          {words.item.openUser}
        </button>
      </div>
    </aside>
  );
}

type Sanction = Detail['author']['sanctions'][number];

const holds = ({ liftedAt, until }: Sanction) =>
  liftedAt === null && (until === null || Date.parse(until) > Date.now());

function Sanctions({ list }: { list: Sanction[] }) {
  const kinds = words.sanction.kinds as Record<string, string>;
  return (
    <ul className="rail-sanctions">
      {list.map(({ kind, reason, campaignId, until, createdAt }) => (
        <li key={`${kind}-${createdAt}`}>
          <strong>{kinds[kind] ?? kind}</strong> <span dir="auto">{reason}</span>
          <span className="quiet rail-where">
            {[
              campaignId === null ? words.item.everywhere : words.item.only(campaignId),
              until === null ? words.item.forever : words.sanction.ends(formatDay(until)),
            ].join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
