import { strings } from '../words/page.ts';

/** The outline of the page while it loads, in the places that the content will take. */
export function CampaignSkeleton() {
  return (
    <div className="campaign" aria-busy="true">
      <p className="visually-hidden" role="status">
        {strings.loading}
      </p>
      <div className="summary" aria-hidden="true">
        <div className="media bone" />
        <div className="summary-text">
          <div className="bone bone-line bone-short" />
          <div className="bone bone-title" />
          <div className="bone bone-title bone-short" />
          <div className="bone bone-line bone-first" />
          <div className="bone bone-line" />
          <div className="bone bone-line bone-short" />
          <div className="bone bone-button" />
          <div className="bone bone-actions" />
        </div>
      </div>
      <div className="below">
        <CommentsSkeleton />
      </div>
    </div>
  );
}

export function CommentsSkeleton() {
  return (
    <div className="comments-skeleton" aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div className="bone-comment" key={row}>
          <div className="bone bone-avatar" />
          <div className="bone-comment-text">
            <div className="bone bone-line bone-name" />
            <div className="bone bone-line" />
            <div className="bone bone-line bone-short" />
          </div>
        </div>
      ))}
    </div>
  );
}
