import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 961px)');
const subscribe = (listener: () => void) => {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
};

/** Whether list and item stand side by side; otherwise one follows the other. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);
