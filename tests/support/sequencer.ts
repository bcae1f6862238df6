import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files that take the longest of all: few, for together they would keep one another waiting. */
const first = ['/tests/faults/faults.live.test.ts'];

/**
 * Starts the longest tests first. Without the durations of an earlier run, as in a fresh checkout, vitest takes the
 * largest files first; a small file that takes long would come last and keep one worker busy while the others have ended.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = (file: TestSpecification) => first.some((name) => file.moduleId.endsWith(name));
    return [...sorted.filter(long), ...sorted.filter((file) => !long(file))];
  }
}
