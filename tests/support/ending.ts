/*
 * What a test file started ends with it, newest first. Test files share a worker and its modules, so a hook at the top
 * of a support module would belong to the first file alone; the setup file calls this after each.
 */
export interface Part {
  stop(): unknown;
}

const parts: Part[] = [];

/** Ends after the last test of the file that runs now. */
export function endWithFile<P extends Part>(part: P): P {
  parts.push(part);
  return part;
}

/** All end, also when one can't; what kept it from ending is thrown then. */
export async function endAll(): Promise<void> {
  const faults: unknown[] = [];
  for (const part of parts.splice(0).reverse()) {
    try {
      await part.stop();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, 'a part of the tests did not end');
}
