import { InvalidArgumentError } from 'commander';
import { idParamSchema } from '../contract/primitives.ts';

/** Reads an option that names something by its id. `what` is for the message: 'A campaign', 'A user'. */
export const idOption =
  (what: string) =>
  (value: string): number => {
    const parsed = idParamSchema.safeParse(value);
    if (!parsed.success) throw new InvalidArgumentError(`${what} is named by its id, a whole number from 1 to 2^53-1.`);
    return parsed.data;
  };
