/** Imported first: zod would otherwise probe for `eval`, which a strict Content-Security-Policy refuses and reports. */
import { config } from 'zod';

config({ jitless: true });
