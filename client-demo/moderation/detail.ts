import type { z } from 'zod';
import type { itemDetailSchema } from '../../server/contract/desk.ts';

/** An item of the desk with all that helps to decide it. */
export type Detail = z.infer<typeof itemDetailSchema>;
