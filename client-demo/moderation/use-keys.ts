import { useEffect } from 'react';

const writes = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';

/**
 * Single keys as shortcuts (WCAG 2.1.4): never while somebody writes, while a dialog is open, or with Ctrl, Alt or Meta.
 * Upper case is the key with Shift.
 */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest(writes) !== null) return;
      if (document.querySelector('dialog[open], [role="menu"]') !== null) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [keys]);
}
