import { createHash, randomUUID } from 'node:crypto';

/**
 * The key under which a write's answer is kept. `scope` is who and where, so that two people may use the same key;
 * `print` is a digest of the request, so that the same key with another body is told apart.
 */
export interface Receipt {
  scope: string;
  key: string;
  print: string;
}

export function receiptOf(scope: string, key: string, request: unknown): Receipt {
  const print = createHash('sha256')
    .update(JSON.stringify(request) ?? '')
    .digest('base64url');
  return { scope, key, print };
}

/** For a write whose client sent no key: lets the writer send it again after a broken connection, and write it once. */
export function ownReceipt(): Receipt {
  return { scope: 'server', key: randomUUID(), print: '' };
}
