import './desk.css';
import { useEffect, useMemo, useState } from 'react';
import { useApp } from '../app-context.ts';
import { currentCampaign } from '../current-campaign.ts';
import { Acting } from '../lib/moderation/acting.ts';
import { createDeskApi } from '../lib/moderation/desk-api.ts';
import { LiveDesk } from '../lib/moderation/live-desk.ts';
import { showSearch, useSearch } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { strings } from '../words/page.ts';
import { DeskContext } from './desk-context.ts';
import { DeskHead } from './desk-head.tsx';
import { DeskSkeleton } from './desk-skeleton.tsx';
import { type DeskView, readView, writeView } from './desk-view.ts';
import { NoAccess } from './no-access.tsx';
import { PartShown } from './part-shown.tsx';
import { Toasts } from './toasts.tsx';

/** The moderation desk, live for as long as it is on the screen. */
export default function ModerationScreen() {
  const { http, connection, session } = useApp();
  const search = useSearch();
  const [{ live, acting }] = useState(() => {
    const live = new LiveDesk({ queue: readView(search).queue, api: createDeskApi(http), connection });
    return { live, acting: new Acting(live) };
  });
  const [viewerId, setViewerId] = useState<number | null>(null);
  const loading = useStore(live.loading);
  const wasHere = useStore(live.queues) !== null;
  const desk = useMemo(() => {
    const view = readView(search);
    const show = (change: Partial<DeskView>, quietly = false) =>
      showSearch(writeView({ ...readView(location.search), ...change }), quietly);
    return { live, acting, view, show, viewerId };
  }, [live, acting, search, viewerId]);

  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useEffect(() => {
    session.viewer().then(
      (viewer) => setViewerId(viewer?.id ?? null),
      () => {},
    );
  }, [session]);
  const isRefused = loading.state === 'failed' && !wasHere;
  useEffect(() => {
    currentCampaign.set({ id: null, link: isRefused ? null : live.link.store, delayMs: live.delayMs });
    return () => currentCampaign.set(null);
  }, [live, isRefused]);
  useEffect(() => {
    document.title = `${words.documentTitle} · ${strings.product}`;
  }, []);

  if (isRefused) return <NoAccess code={loading.code} onRetry={live.load} />;
  if (!wasHere) return <DeskSkeleton />;
  return (
    <DeskContext value={desk}>
      <div className="desk">
        <DeskHead />
        <PartShown />
        <Toasts />
      </div>
    </DeskContext>
  );
}
