import type { ReactNode } from 'react';
import { formatCount, formatDay } from '../format.ts';
import { amount } from '../lib/registers.ts';
import { strings } from '../words/page.ts';
import { useThread } from './campaign-context.ts';
import { hostOf, socialLinks } from './links.ts';

const sentence = (words: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(words.map((word) => `${word}s`));

/** The rest of what the public may know, beside the discussion where there is room. */
export function Facts() {
  const campaign = useThread((state) => state.campaign?.value ?? null);
  const impressions = useThread((state) => amount(state.counters, 'impressions'));
  if (campaign === null) return null;
  const links = socialLinks(campaign);
  return (
    <aside className="facts" aria-labelledby="facts-title">
      <h2 className="facts-title" id="facts-title">
        {strings.campaign.about}
      </h2>
      <dl>
        {campaign.objective !== null && <Fact name={strings.campaign.objective}>{campaign.objective}</Fact>}
        {campaign.targetAudiences.length > 0 && (
          <Fact name={strings.campaign.audience}>{sentence(campaign.targetAudiences)}</Fact>
        )}
        {campaign.targetRegions.length > 0 && (
          <Fact name={strings.campaign.regions}>{campaign.targetRegions.join(', ')}</Fact>
        )}
        {campaign.launchedAt !== null && <Fact name={strings.campaign.started}>{formatDay(campaign.launchedAt)}</Fact>}
        <Fact name={strings.campaign.impressions}>
          <span className="number">{formatCount(impressions)}</span>
        </Fact>
        {links.length > 0 && (
          <Fact name={strings.campaign.links}>
            {links.map(({ name, href }) => (
              <a key={name} className="text-link" href={href} target="_blank" rel="nofollow sponsored noopener">
                {hostOf(href)}
              </a>
            ))}
          </Fact>
        )}
      </dl>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
