import { useState } from 'react';

/** An act that is answered with null, or with the code of what went wrong. One at a time. */
export function useSending(act: () => Promise<string | null>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    setCode(null);
    const failed = await act();
    setBusy(false);
    if (failed === null) onDone();
    else setCode(failed);
  };
  return { busy, code, send };
}
