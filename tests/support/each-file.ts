import { afterAll } from 'vitest';
import './end-with-run.ts';
import { endAll } from './ending.ts';

afterAll(endAll);
