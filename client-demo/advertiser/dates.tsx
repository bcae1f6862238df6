import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { intervalsOf } from './view-state.ts';

/** Two days and all between them, on the calendar of the zone. The browser's own fields: every device shows them best. */
export function Dates() {
  const { view, show } = useAdvertising();
  if (view.range !== 'custom') return null;
  const { from, to } = view;
  const set = (chosen: { from: string; to: string }) => {
    if (chosen.from === '' || chosen.to === '') return;
    const next = { ...view, ...chosen };
    const [own] = intervalsOf(next);
    show({ ...chosen, interval: intervalsOf(next).includes(view.interval) ? view.interval : own });
  };
  return (
    <span className="dates">
      <input
        type="date"
        className="choice date"
        aria-label={words.chart.from}
        value={from}
        max="9999-12-31"
        onChange={({ target: { value } }) => set({ from: value, to: value > to ? value : to })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="date"
        className="choice date"
        aria-label={words.chart.to}
        value={to}
        max="9999-12-31"
        onChange={({ target: { value } }) => set({ from: value < from ? value : from, to: value })}
      />
    </span>
  );
}
