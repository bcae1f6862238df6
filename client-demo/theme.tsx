import { useEffect } from 'react';
import { MoonIcon, SunIcon } from './icons.tsx';
import { keep } from './lib/storage.ts';
import { Store } from './lib/store.ts';
import { useStore } from './watching.ts';
import { strings } from './words/page.ts';

type Theme = 'light' | 'dark';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const chosen = document.documentElement.dataset.theme;
const theme = new Store<Theme>(chosen === 'light' || chosen === 'dark' ? chosen : system());

function system(): Theme {
  return systemDark.matches ? 'dark' : 'light';
}

/** Follows the system until somebody chooses. */
export function ThemeToggle() {
  const now = useStore(theme);
  useEffect(() => {
    const follow = () => {
      if (document.documentElement.dataset.theme === undefined) theme.set(system());
    };
    systemDark.addEventListener('change', follow);
    return () => systemDark.removeEventListener('change', follow);
  }, []);
  const next: Theme = now === 'dark' ? 'light' : 'dark';
  const choose = () => {
    document.documentElement.dataset.theme = next;
    keep('theme', next);
    theme.set(next);
  };
  const label = next === 'dark' ? strings.theme.toDark : strings.theme.toLight;
  return (
    <button type="button" className="icon-button" onClick={choose} aria-label={label} title={label}>
      {now === 'dark' ? <SunIcon /> : <MoonIcon />}
    </button>
  );
}
