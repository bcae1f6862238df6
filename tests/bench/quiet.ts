import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const sampleMs = 1_000;
const quietShare = 0.15;
const patienceMs = 60_000;

/**
 * Waits until the machine has been idle for a second, or a minute long. It decides before a round is run and never by its
 * result, so it favours nobody; without it the figures of a shared machine are mostly of its other users.
 */
export async function untilQuiet(): Promise<void> {
  const end = performance.now() + patienceMs;
  for (let busy = 1; busy > quietShare && performance.now() < end; ) {
    const before = cpuTimes();
    await sleep(sampleMs);
    const after = cpuTimes();
    busy = 1 - (after.idle - before.idle) / (after.all - before.all);
  }
}

function cpuTimes(): { idle: number; all: number } {
  const times = os.cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, each) => sum + each.idle, 0);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { idle, all };
}
