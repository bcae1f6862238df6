import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app-context.ts';
import { showSearch } from '../routing.tsx';
import { words } from '../words/notifications.ts';
import type { PreferencesProps } from './kinds-table.tsx';
import { likeAllOthers } from './preference-of.ts';

type Names = ReadonlyMap<number, string>;

/** Which campaign the settings are for, and a way back to what holds for all. It stands in the address. */
export function CampaignChoice({
  campaignId,
  preferences,
  onChange,
}: PreferencesProps & { campaignId: number | null }) {
  const names = useCampaignNames();
  const choice = useRef<HTMLSelectElement>(null);
  const likeOthers = (id: number) => {
    onChange(likeAllOthers(preferences, id));
    choice.current?.focus(); // the button goes
  };
  const own = preferences.items.filter((item) => item.campaignId === campaignId).length;
  const said = preferences.items.flatMap((item) => item.campaignId ?? []);
  const ids = new Set([...names.keys(), ...said, ...(campaignId === null ? [] : [campaignId])]);
  return (
    <div className="settings-scope">
      <label>
        <span>{words.settingsFor}</span>
        <select
          ref={choice}
          className="settings-choice"
          value={campaignId ?? ''}
          onChange={({ target }) => showSearch(target.value === '' ? '' : `campaign=${target.value}`)}
        >
          <option value="">{words.allCampaigns}</option>
          {[...ids].map((id) => (
            <option key={id} value={id}>
              {names.get(id) ?? words.oneCampaign(id)}
            </option>
          ))}
        </select>
      </label>
      {campaignId !== null && (
        <p className="settings-hint">
          {words.campaignHint}{' '}
          {own > 0 && (
            <>
              {words.ownHere(own)}.{' '}
              <button type="button" className="text-button" onClick={() => likeOthers(campaignId)}>
                {words.likeOthers}
              </button>
            </>
          )}
        </p>
      )}
    </div>
  );
}

/** Of those that the viewer may see. Without an answer, numbers have to do. */
function useCampaignNames(): Names {
  const { api } = useApp();
  const [names, setNames] = useState<Names>(new Map());
  useEffect(() => {
    let wanted = true;
    api.campaigns().then(
      ({ items }) => wanted && setNames(new Map(items.map(({ id, name }) => [id, name ?? words.oneCampaign(id)]))),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [api]);
  return names;
}
