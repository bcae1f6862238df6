import { words } from '../words/moderation.ts';

/** The shape of what is coming. */
export function DeskSkeleton() {
  return (
    <div className="desk" aria-busy="true">
      <p className="visually-hidden">{words.loading}</p>
      <div className="bone bone-title" />
      <div className="queue-panes">
        <div className="pane queue-pane">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
            <div className="bone bone-row" key={key} />
          ))}
        </div>
        <div className="pane item-pane">
          <div className="bone bone-line bone-short" />
          <div className="bone bone-line" />
          <div className="bone bone-line" />
          <div className="bone bone-line bone-short" />
        </div>
      </div>
    </div>
  );
}
