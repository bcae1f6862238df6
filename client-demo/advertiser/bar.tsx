import type { ReactNode } from 'react';

/** A length for the eye, with its words on it; the figure stands beside. `share` is of the longest, 0 to 1. */
export function Bar({ share, children }: { share: number; children?: ReactNode }) {
  return (
    <span className="bar">
      <span className="bar-fill" style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }} />
      {children}
    </span>
  );
}
