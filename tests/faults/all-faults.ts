import { clientFaults } from './faults/clients.ts';
import type { Fault } from './faults/fault.ts';
import { lineFaults } from './faults/lines.ts';
import { processFaults } from './faults/processes.ts';

export const allFaults: Fault[] = [...processFaults, ...lineFaults, ...clientFaults];
