import { words } from '../words/advertiser.ts';

/** The shape of what is coming. */
export function DashboardSkeleton() {
  return (
    <div className="dashboard" aria-busy="true">
      <p className="visually-hidden">{words.loading}</p>
      <div className="bone bone-title" />
      <div className="counters">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <div className="bone bone-counter" key={key} />
        ))}
      </div>
      <div className="bone bone-panel" />
      <div className="pair">
        <div className="bone bone-panel" />
        <div className="bone bone-panel" />
      </div>
    </div>
  );
}
