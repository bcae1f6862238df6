import type { Campaign } from '../../server/contract/campaign.ts';
import { TelescopeIcon } from '../icons.tsx';
import { strings } from '../strings.ts';

/** The first thing the campaign shows, in a frame whose size does not wait for it. */
export function Media({ campaign }: { campaign: Campaign }) {
  const [shown] = [...campaign.media].sort((a, b) => a.displayOrder - b.displayOrder || a.id - b.id);
  if (shown === undefined) {
    return (
      <div className="media media-none" role="img" aria-label={strings.campaign.noMedia}>
        <TelescopeIcon />
      </div>
    );
  }
  return (
    <div className="media">
      {shown.mediaType === 'image' ? (
        <img src={shown.fileUrl} alt={campaign.name} width="1600" height="1000" />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: the advertiser gives no captions
        <video src={shown.fileUrl} controls preload="metadata" />
      )}
    </div>
  );
}
