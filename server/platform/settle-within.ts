/** Resolves when the promise is settled, however, or after `ms`, whichever comes first; keeps no process alive. */
export async function settleWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms).unref();
  });
  await Promise.race([promise.then(ignore, ignore), patience]);
  clearTimeout(timer);
}

const ignore = () => {};
