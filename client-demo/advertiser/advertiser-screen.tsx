import './advertiser.css';
import { CampaignList } from './campaign-list.tsx';
import { Dashboard } from './dashboard.tsx';

/** What an advertiser looks at: one campaign, or the list of all of theirs. */
export default function AdvertiserScreen({ campaignId }: { campaignId: number | null }) {
  return campaignId === null ? <CampaignList /> : <Dashboard campaignId={campaignId} />;
}
