import { type ReactNode, useId } from 'react';
import { words } from '../words/advertiser.ts';

interface PanelProps {
  title: string;
  hint?: string | undefined;
  /** Beside the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, hint, aside, className = '', children }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <div>
          <h2 className="panel-title" id={id}>
            {title}
          </h2>
          {hint !== undefined && <p className="panel-hint">{hint}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** What a part shows while it has no answer: nothing yet, or why. */
export function Pending({ code, lines = 4 }: { code: string | null; lines?: number }) {
  if (code !== null) return <p className="panel-note">{words.failed}</p>;
  return (
    <div aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones have nothing else
        <div className="bone bone-line" key={line} />
      ))}
    </div>
  );
}
