import type { ReactNode } from 'react';
import { Segmented } from '../advertiser/segmented.tsx';
import { words } from '../words/moderation.ts';

interface CaseListProps<T> {
  title: string;
  hint: string;
  filter: 'open' | 'all';
  onFilter: (filter: 'open' | 'all') => void;
  items: readonly T[] | null;
  code: string | null;
  empty: { readonly title: string; readonly hint: string };
  draw: (item: T) => ReactNode;
}

export function CaseList<T>(props: CaseListProps<T>) {
  const { title, hint, filter, onFilter, items, code, empty, draw } = props;
  return (
    <section className="part" aria-label={title}>
      <header className="part-head">
        <div>
          <h2 className="part-title">{title}</h2>
          <p className="panel-hint">{hint}</p>
        </div>
        <Segmented
          label={title}
          value={filter}
          options={[
            { value: 'open', text: words.appeals.open },
            { value: 'all', text: words.appeals.all },
          ]}
          onChange={onFilter}
        />
      </header>
      {items === null && code === null && <div className="bone bone-panel" aria-hidden="true" />}
      {items === null && code !== null && <p className="panel-note">{words.failed}</p>}
      {items?.length === 0 && (
        <div className="part-empty pane">
          <p className="queue-empty-title">{empty.title}</p>
          <p className="panel-hint">{empty.hint}</p>
        </div>
      )}
      <div className="cases">{items?.map(draw)}</div>
    </section>
  );
}
