import type { Item } from '../../server/contract/desk.ts';
import { Avatar } from '../avatar.tsx';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { formatCount } from '../format.ts';
import { piecesOf } from '../lib/moderation/evidence.ts';
import { Link } from '../routing.tsx';
import { useSelected } from '../watching.ts';
import { ruleText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { removalText } from './toasts.tsx';

/** What was written, with the places that rules found marked in it. Users' text is text, whatever it looks like. */
export function ItemText({ item }: { item: Item }) {
  const { live } = useDesk();
  const screens = useSelected(live.screens, (all) => all.get(item.commentId)) ?? item.screens;
  const removal = useSelected(live.removals, (all) => all.get(item.commentId) ?? null);
  const { comment } = item;
  return (
    <article className="item-comment" aria-label={words.item.by(comment.author.name)} data-comment={item.commentId}>
      <header className="item-head">
        <Avatar id={comment.author.id} name={comment.author.name} />
        <div className="item-who">
          <h2 className="item-name" dir="auto">
            {comment.author.name}
          </h2>
          <p className="quiet item-facts">
            <RelativeTime at={comment.createdAt} />
            {item.revision > 1 && <span>{words.item.revision(item.revision)}</span>}
            <Link to={`/campaigns/${item.campaignId}?comment=${item.commentId}`} className="text-link">
              {words.item.permalink}
            </Link>
          </p>
        </div>
        <p className="item-screens" data-shown={screens > 0}>
          {removal !== null && item.queue === 'rejected'
            ? removalText(removal)
            : screens > 0
              ? words.list.screens(screens, formatCount(screens))
              : words.list.noScreens}
        </p>
      </header>
      <p className="item-text" dir="auto">
        {piecesOf(comment.text ?? '', item.rules).map(({ text, rules, at }) =>
          rules.length === 0 ? (
            text
          ) : (
            <mark key={at} className="found" title={words.item.found(rules.map(ruleText).join(', '))}>
              {text}
              <span className="found-rule">{rules.map(ruleText).join(', ')}</span>
            </mark>
          ),
        )}
      </p>
    </article>
  );
}
