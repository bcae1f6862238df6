import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app-context.ts';
import { DownloadIcon } from '../icons.tsx';
import { type ExportProgress, type ExportRequest, takeExport } from '../lib/advertiser/export-transfer.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatBytes, formatWhole } from './format.ts';
import { Modal } from './modal.tsx';
import { Segmented } from './segmented.tsx';

const kinds = ['impressions', 'engagement', 'comments', 'stats'] as const;
const formats = ['csv', 'ndjson'] as const;

export function ExportButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
        <DownloadIcon /> {words.export.open}
      </button>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

type Transfer = { state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed' } & ExportProgress;

function ExportDialog({ onClose }: { onClose: () => void }) {
  const { campaignId } = useAdvertising().live;
  const [what, setWhat] = useState<ExportRequest['what']>('impressions');
  const [format, setFormat] = useState<ExportRequest['format']>('csv');
  const { transfer, start, cancel } = useTransfer({ campaignId, what, format });
  const isRunning = transfer.state === 'running';
  return (
    <Modal title={words.export.title} onClose={onClose}>
      <p className="modal-hint">{words.export.hint}</p>
      <fieldset className="export-choices" disabled={isRunning}>
        <Segmented
          label={words.export.what}
          value={what}
          options={kinds.map((value) => ({ value, text: words.export.kinds[value] }))}
          onChange={setWhat}
        />
        <Segmented
          label={words.export.format}
          value={format}
          options={formats.map((value) => ({ value, text: words.export.formats[value] }))}
          onChange={setFormat}
        />
      </fieldset>
      <div className="export-foot">
        <TransferText transfer={transfer} />
        {isRunning ? (
          <button type="button" className="button button-quiet" onClick={cancel}>
            {words.export.cancel}
          </button>
        ) : (
          <button type="button" className="button button-primary" onClick={start}>
            {transfer.state === 'failed' ? words.export.again : words.export.start}
          </button>
        )}
      </div>
    </Modal>
  );
}

/** The figures run for the eye; what is spoken is only how it ended. */
function TransferText({ transfer: { state, rows, bytes } }: { transfer: Transfer }) {
  const { progress, done, cancelled, failed } = words.export;
  const figures = [formatWhole(rows), formatBytes(bytes)] as const;
  const ended = { idle: '', running: '', done: done(...figures), cancelled, failed }[state];
  return (
    <div className="export-state">
      {state === 'running' && <progress className="export-progress" aria-label={words.export.title} />}
      <p className="number">{state === 'running' && progress(...figures)}</p>
      <p className="number" role="status">
        {ended}
      </p>
    </div>
  );
}

function useTransfer(request: ExportRequest) {
  const { session } = useApp();
  const [transfer, setTransfer] = useState<Transfer>({ state: 'idle', rows: 0, bytes: 0 });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    const control = new AbortController();
    running.current = control;
    setTransfer({ state: 'running', rows: 0, bytes: 0 });
    try {
      const blob = await takeExport(request, {
        credentials: session,
        signal: control.signal,
        onProgress: (progress) => setTransfer({ state: 'running', ...progress }),
      });
      save(blob, `campaign-${request.campaignId}-${request.what}.${request.format}`);
      setTransfer((known) => ({ ...known, state: 'done' }));
    } catch {
      setTransfer((known) => ({ ...known, state: control.signal.aborted ? 'cancelled' : 'failed' }));
    }
  };
  return { transfer, start, cancel: () => running.current?.abort() };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
