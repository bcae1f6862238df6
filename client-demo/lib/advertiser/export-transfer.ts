/**
 * Takes an export as it streams: counts its rows and bytes on the way, and keeps the bytes in blobs, which the browser may
 * put on its disk, so that a million rows cost no memory of the page. What broke off or was cancelled is kept nowhere.
 */
import type { Credentials } from '../http.ts';
import { RowCounter } from './row-counter.ts';

export interface ExportRequest {
  readonly campaignId: number;
  readonly what: 'impressions' | 'engagement' | 'comments' | 'stats';
  readonly format: 'csv' | 'ndjson';
}
export interface ExportProgress {
  readonly rows: number;
  readonly bytes: number;
}

const PART_BYTES = 4_000_000;
const TELL_EVERY_MS = 100;

/** Rejects when the transfer broke off, or was ended by `signal`. */
export async function takeExport(
  { campaignId, what, format }: ExportRequest,
  options: { credentials: Credentials; signal: AbortSignal; onProgress: (progress: ExportProgress) => void },
): Promise<Blob> {
  const token = await options.credentials.token();
  const response = await fetch(`/api/v1/campaigns/${campaignId}/export?what=${what}&format=${format}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    signal: options.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`The export was refused: ${response.status}`);
  const counter = new RowCounter(format);
  const parts: Blob[] = [];
  let chunks: BlobPart[] = [];
  let held = 0;
  let bytes = 0;
  let toldAt = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const chunk = read.value;
    counter.take(chunk);
    chunks.push(chunk);
    held += chunk.length;
    bytes += chunk.length;
    if (held >= PART_BYTES) {
      parts.push(new Blob(chunks));
      chunks = [];
      held = 0;
    }
    if (performance.now() - toldAt > TELL_EVERY_MS) {
      toldAt = performance.now();
      options.onProgress({ rows: counter.rows, bytes });
    }
  }
  options.onProgress({ rows: counter.rows, bytes });
  return new Blob([...parts, ...chunks], { type: format === 'csv' ? 'text/csv' : 'application/x-ndjson' });
}
