import { lazy, Suspense } from 'react';
import { words } from '../words/moderation.ts';
import { AppealsPart } from './appeals-part.tsx';
import { useDesk } from './desk-context.ts';
import { NoticesPart } from './notices-part.tsx';
import { QueuePart } from './queue-part.tsx';

/** Looked at now and then: they come when they are. */
const UsersPart = lazy(() => import('./users-part.tsx'));
const RulesPart = lazy(() => import('./rules-part.tsx'));
const LogPart = lazy(() => import('./log-part.tsx'));
const StatisticsPart = lazy(() => import('./statistics-part.tsx'));

export function PartShown() {
  const { tab } = useDesk().view;
  return <Suspense fallback={<p className="panel-note">{words.loading}</p>}>{partOf(tab)}</Suspense>;
}

function partOf(tab: ReturnType<typeof useDesk>['view']['tab']) {
  switch (tab) {
    case 'queue':
      return <QueuePart />;
    case 'appeals':
      return <AppealsPart />;
    case 'notices':
      return <NoticesPart />;
    case 'users':
      return <UsersPart />;
    case 'rules':
      return <RulesPart />;
    case 'log':
      return <LogPart />;
    case 'statistics':
      return <StatisticsPart />;
    default:
      return tab satisfies never;
  }
}
