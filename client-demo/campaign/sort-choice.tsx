import { useState } from 'react';
import { type CommentSort, commentSortSchema } from '../../server/contract/comment.ts';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';

export function SortChoice() {
  const { pager } = useCampaign();
  const current = useThread((state) => state.top.sort);
  const [wanted, setWanted] = useState<CommentSort | null>(null);
  const choose = async (sort: CommentSort) => {
    setWanted(sort);
    await pager.sort(sort);
    setWanted((now) => (now === sort ? null : now));
  };
  return (
    <fieldset className="sort">
      <legend className="visually-hidden">{strings.discussion.sort}</legend>
      {commentSortSchema.options.map((sort) => (
        <label key={sort} className="sort-option">
          <input
            type="radio"
            name="sort"
            value={sort}
            checked={sort === (wanted ?? current)}
            onChange={() => void choose(sort)}
          />
          <span>{strings.discussion[sort]}</span>
        </label>
      ))}
    </fieldset>
  );
}
