import { useEffect, useMemo, useState } from 'react';
import { formatCount } from '../format.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/moderation.ts';
import { CommandPalette } from './command-palette.tsx';
import { useDesk } from './desk-context.ts';
import { type Tab, tabs } from './desk-view.ts';
import { Key } from './key.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { useKeys } from './use-keys.ts';

/** Where at the desk one is, and what waits elsewhere. */
export function DeskHead() {
  const { live, view, show } = useDesk();
  const [dialog, setDialog] = useState<'keys' | 'palette' | null>(null);
  const { value: appeals } = useLiveQuery({
    key: 'appeals',
    read: () => live.api.appeals('open'),
    when: live.moves,
    gapMs: 5_000,
  });
  const { value: notices } = useLiveQuery({
    key: 'notices',
    read: () => live.api.notices('open'),
    when: live.moves,
    gapMs: 5_000,
  });
  const waiting: Partial<Record<Tab, string>> = { appeals: atLeast(appeals), notices: atLeast(notices) };
  useKeys(useMemo(() => ({ '?': () => setDialog('keys') }), []));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setDialog((open) => (open === 'palette' ? null : 'palette'));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <header className="desk-head">
      <h1 className="desk-title">{words.title}</h1>
      <nav className="desk-tabs" aria-label={words.tabsLabel}>
        {tabs.map((tab) => (
          <button
            type="button"
            key={tab}
            className="desk-tab"
            aria-current={tab === view.tab ? 'page' : undefined}
            onClick={() => show({ tab, ...(tab === 'users' ? { user: null } : {}) })}
          >
            {words.tabs[tab]}
            {waiting[tab] && <span className="desk-waiting number">{waiting[tab]}</span>}
          </button>
        ))}
      </nav>
      <div className="desk-tools">
        <button type="button" className="desk-tool" onClick={() => setDialog('palette')}>
          {words.palette} <Key>Ctrl K</Key>
        </button>
        <button
          type="button"
          className="desk-tool"
          aria-label={words.help}
          title={words.help}
          onClick={() => setDialog('keys')}
        >
          <Key>?</Key>
        </button>
      </div>
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(null)} />}
      {dialog === 'palette' && <CommandPalette onClose={() => setDialog(null)} />}
    </header>
  );
}

const atLeast = (page: { items: unknown[]; nextCursor: string | null } | null): string => {
  if (page === null || page.items.length === 0) return '';
  return `${formatCount(page.items.length)}${page.nextCursor === null ? '' : '+'}`;
};
