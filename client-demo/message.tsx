import type { ReactNode } from 'react';
import { TelescopeIcon } from './icons.tsx';

/** A screen, or a part of one, that has nothing to show but why. */
export function Message({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <section className="message">
      <span className="message-icon">
        <TelescopeIcon />
      </span>
      <h1 className="message-title">{title}</h1>
      {hint !== undefined && <p className="message-hint">{hint}</p>}
      {children}
    </section>
  );
}
