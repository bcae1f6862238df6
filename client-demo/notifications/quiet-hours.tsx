import { useState } from 'react';
import { words } from '../words/notifications.ts';
import type { PreferencesProps } from './kinds-table.tsx';

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const zones = (own: string): string[] => [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

/** Hours on the clock of a zone in which no summary is made; 22:00 to 07:00 goes over midnight. */
export function QuietHours({ preferences, onChange }: PreferencesProps) {
  const { quietHours } = preferences;
  const [wrong, setWrong] = useState(false);
  const set = (next: typeof quietHours) => {
    const endless = next !== null && next.from === next.to;
    setWrong(endless);
    if (!endless) onChange({ ...preferences, quietHours: next });
  };
  return (
    <fieldset className="quiet-hours">
      <legend>{words.quiet}</legend>
      <p className="settings-hint">{words.quietHint}</p>
      <label className="quiet-on">
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={({ target }) => set(target.checked ? { from: '22:00', to: '07:00', zone: ownZone() } : null)}
        />
        {words.quietOn}
      </label>
      {quietHours !== null && (
        <div className="quiet-times">
          {(['from', 'to'] as const).map((end) => (
            <label key={end}>
              <span>{words[end]}</span>
              <input
                type="time"
                className="settings-choice"
                required
                value={quietHours[end]}
                aria-invalid={wrong}
                onChange={({ target }) => target.value !== '' && set({ ...quietHours, [end]: target.value })}
              />
            </label>
          ))}
          <label>
            <span>{words.zone}</span>
            <select
              className="settings-choice"
              value={quietHours.zone}
              onChange={({ target }) => set({ ...quietHours, zone: target.value })}
            >
              {zones(quietHours.zone).map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          </label>
        </div>
      )}
      {wrong && (
        <p className="settings-wrong" role="alert">
          {words.sameTimes}
        </p>
      )}
    </fieldset>
  );
}
