import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app-context.ts';
import { DownloadIcon } from '../icons.tsx';
import { type ExportProgress, type ExportRequest, ExportTransfer } from '../lib/advertiser/export-transfer.ts';
import { Modal } from '../modal.tsx';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatBytes, formatWhole } from './format.ts';
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

type Transfer = {
  state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  expected: number | null;
} & ExportProgress;

function ExportDialog({ onClose }: { onClose: () => void }) {
  const { campaignId } = useAdvertising().live;
  const [what, setWhat] = useState<ExportRequest['what']>('impressions');
  const [format, setFormat] = useState<ExportRequest['format']>('csv');
  const { transfer, start, cancel, forget } = useTransfer({ campaignId, what, format });
  const isRunning = transfer.state === 'running';
  return (
    <Modal title={words.export.title} hint={words.export.hint} onClose={onClose}>
      <fieldset className="export-choices" disabled={isRunning}>
        <Segmented
          label={words.export.what}
          value={what}
          options={kinds.map((value) => ({ value, text: words.export.kinds[value] }))}
          onChange={(chosen) => {
            setWhat(chosen);
            forget();
          }}
        />
        <Segmented
          label={words.export.format}
          value={format}
          options={formats.map((value) => ({ value, text: words.export.formats[value] }))}
          onChange={(chosen) => {
            setFormat(chosen);
            forget();
          }}
        />
      </fieldset>
      <div className="export-foot">
        <TransferText transfer={transfer} />
        {isRunning ? (
          <button type="button" className="button button-quiet" onClick={cancel}>
            {words.export.cancel}
          </button>
        ) : (
          <button type="button" className="button button-primary" onClick={() => void start()}>
            {transfer.state !== 'failed'
              ? words.export.start
              : transfer.rows > 0
                ? words.export.goOn
                : words.export.again}
          </button>
        )}
      </div>
    </Modal>
  );
}

/** The figures run for the eye; what is spoken is how it ended, and that it waits. */
function TransferText({ transfer }: { transfer: Transfer }) {
  const { state, rows, bytes, expected, isWaiting, resumed } = transfer;
  const text = words.export;
  const figures = [formatWhole(rows), formatBytes(bytes)] as const;
  const ended = {
    idle: '',
    running: isWaiting ? text.waiting : '',
    done: `${text.done(...figures)}${resumed > 0 ? `. ${text.resumed}` : ''}`,
    cancelled: text.cancelled,
    failed: rows > 0 ? text.broken(figures[0]) : text.failed,
  }[state];
  return (
    <div className="export-state">
      {state === 'running' && (
        <progress
          className="export-progress"
          aria-label={text.title}
          {...(expected === null ? {} : { max: Math.max(expected, rows, 1), value: rows })}
        />
      )}
      <p className="number">
        {state === 'running' &&
          (expected === null
            ? text.progress(...figures)
            : text.progressOf(...figures, formatWhole(Math.max(expected, rows))))}
      </p>
      <p className="number" role="status">
        {ended}
      </p>
    </div>
  );
}

const nothing: Transfer = { state: 'idle', rows: 0, bytes: 0, expected: null, isWaiting: false, resumed: 0 };

function useTransfer(request: ExportRequest) {
  const { session } = useApp();
  const { api } = useAdvertising().live;
  const [transfer, setTransfer] = useState<Transfer>(nothing);
  const running = useRef<AbortController | null>(null);
  /** What broke off, and goes on with what it has. */
  const broken = useRef<ExportTransfer | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const forget = () => {
    broken.current = null;
    setTransfer(nothing);
  };
  const start = async () => {
    const control = new AbortController();
    running.current = control;
    const taking = broken.current ?? new ExportTransfer(request, { credentials: session });
    setTransfer((known) => ({ ...(broken.current === null ? nothing : known), state: 'running' }));
    broken.current = null;
    if (request.what === 'impressions') {
      api.metrics(request.campaignId, 'all').then(
        ({ impressions }) => setTransfer((known) => ({ ...known, expected: impressions })),
        () => {},
      );
    }
    try {
      const blob = await taking.take({
        signal: control.signal,
        onProgress: (progress) => setTransfer((known) => ({ ...known, ...progress })),
      });
      save(blob, `campaign-${request.campaignId}-${request.what}.${request.format}`);
      setTransfer((known) => ({ ...known, state: 'done' }));
    } catch {
      if (!control.signal.aborted) broken.current = taking;
      setTransfer((known) => ({ ...known, isWaiting: false, state: control.signal.aborted ? 'cancelled' : 'failed' }));
    }
  };
  return { transfer, start, forget, cancel: () => running.current?.abort() };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
