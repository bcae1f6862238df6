import { useEffect, useState } from 'react';
import type { Campaign } from '../../server/contract/campaign.ts';
import { readPages } from '../lib/advertiser/advertiser-api.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Bar } from './bar.tsx';
import { isOwn } from './campaign-list.tsx';
import { Choice } from './choice.tsx';
import { formatPercent, formatWhole } from './format.ts';
import { Panel, Pending } from './panel.tsx';

const { people } = words;
/** A thousand campaigns to choose from. */
const MOST_PAGES = 10;

/** How many people saw this campaign and another one of the same advertiser. */
export function OverlapPanel() {
  const others = useOtherCampaigns();
  const [chosen, setChosen] = useState<number | null>(null);
  const other = others?.find(({ id }) => id === chosen) ?? others?.[0];
  return (
    <Panel title={people.overlap} hint={people.overlapHint}>
      {others === null ? (
        <Pending code={null} />
      ) : other === undefined ? (
        <p className="panel-note">{people.alone}</p>
      ) : (
        <>
          <Choice
            label={people.overlapWith}
            value={String(other.id)}
            options={others.map(({ id, name }) => ({ value: String(id), text: name }))}
            onChange={(id) => setChosen(Number(id))}
          />
          <Overlap other={other} key={other.id} />
        </>
      )}
    </Panel>
  );
}

function useOtherCampaigns(): Campaign[] | null {
  const { live } = useAdvertising();
  const own = useStore(live.campaign);
  const [others, setOthers] = useState<Campaign[] | null>(null);
  const advertiserId = own?.advertiserId;
  useEffect(() => {
    if (advertiserId === undefined) return;
    const isOther = (one: Campaign) => isOwn(one) && one.id !== live.campaignId && one.advertiserId === advertiserId;
    readPages(live.api.campaigns, MOST_PAGES).then(
      ({ items }) => setOthers(items.filter(isOther)),
      () => setOthers([]),
    );
  }, [live, advertiserId]);
  return others;
}

function Overlap({ other }: { other: Campaign }) {
  const { live } = useAdvertising();
  const own = useStore(live.campaign);
  const { value, code } = useLiveQuery({
    key: String(other.id),
    read: () => live.api.overlap(live.campaignId, other.id),
    when: live.moves,
    gapMs: 5_000,
  });
  if (value === null) return <Pending code={code} />;
  return (
    <>
      <p className="overlap-both number">{people.both(formatWhole(value.both))}</p>
      <ul className="bars">
        {value.campaigns.map(({ campaignId, reach, share }) => (
          <li className="overlap-line" key={campaignId}>
            <Bar share={share}>
              <span className="bar-name">
                {people.shareOf(
                  reach === 0 ? '–' : formatPercent(share),
                  (campaignId === other.id ? other.name : own?.name) ?? '',
                )}
              </span>
            </Bar>
          </li>
        ))}
      </ul>
    </>
  );
}
