import { type RefObject, useEffect, useRef } from 'react';
import type { Campaign } from '../../server/contract/campaign.ts';
import { placementSchema } from '../../server/contract/primitives.ts';
import { TelescopeIcon } from '../icons.tsx';
import { strings } from '../words/page.ts';
import { useAdView } from './ad-context.ts';

/** The first thing the campaign shows, in a frame whose size does not wait for it. */
export function Media({ campaign }: { campaign: Campaign }) {
  const [shown] = [...campaign.media].sort((a, b) => a.displayOrder - b.displayOrder || a.id - b.id);
  const frame = useRef<HTMLDivElement>(null);
  useMeasured(frame, campaign, shown);
  if (shown === undefined) {
    return (
      <div ref={frame} className="media media-none" role="img" aria-label={strings.campaign.noMedia}>
        <TelescopeIcon />
      </div>
    );
  }
  return (
    <div ref={frame} className="media">
      {shown.mediaType === 'image' ? (
        <img src={shown.fileUrl} alt={campaign.name} width="1600" height="1000" />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: the advertiser gives no captions
        <video src={shown.fileUrl} controls preload="metadata" />
      )}
    </div>
  );
}

/** Counts the ad as shown and, when it was, as seen; of a campaign that is not live there is nothing to count. */
function useMeasured(
  frame: RefObject<HTMLDivElement | null>,
  campaign: Campaign,
  shown: Campaign['media'][number] | undefined,
) {
  const ad = useAdView();
  const { id, status } = campaign;
  const placement = placementSchema.catch('widget').parse(shown?.placement);
  const isVideo = shown?.mediaType === 'video';
  useEffect(() => {
    if (frame.current === null || status !== 'live') return;
    return ad.show(frame.current, { campaignId: id, placement, isVideo });
  }, [ad, frame, id, status, placement, isVideo]);
}
