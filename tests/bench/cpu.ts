import fs from 'node:fs';
import os from 'node:os';

/** Processor seconds since some start. A process that can't be looked at (no /proc, as on macOS) has NaN. */
export interface CpuReading {
  at: number;
  load: number;
  server: number;
  postgres: number;
  machine: number;
}

/** Cores kept busy between two readings: 0.5 is half of one core. `others` is whoever else used the machine. */
export type CpuShares = Record<'load' | 'server' | 'postgres' | 'others', number>;

const ticksASecond = 100; // USER_HZ, the same on every Linux

export function readCpu(serverPid: number, postmasterPid: number, loadPid?: number): CpuReading {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  return {
    at: performance.now() / 1_000,
    load: own + (loadPid === undefined ? 0 : secondsOf(loadPid)),
    server: secondsOf(serverPid),
    postgres: familySeconds(postmasterPid),
    machine: os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1_000,
  };
}

export function cpuShares(from: CpuReading, to: CpuReading): CpuShares {
  const share = (name: 'load' | 'server' | 'postgres' | 'machine') => (to[name] - from[name]) / (to.at - from.at);
  const [load, server, postgres] = [share('load'), share('server'), share('postgres')];
  return { load, server, postgres, others: Math.max(0, share('machine') - load - server - postgres) };
}

function secondsOf(pid: number): number {
  const fields = statOf(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) / ticksASecond : Number.NaN;
}

/** With its children, those that run and those that ended: a session that the pool closes must not be subtracted. */
function familySeconds(pid: number): number {
  const fields = statOf(pid);
  const ended = fields ? (Number(fields[13]) + Number(fields[14])) / ticksASecond : Number.NaN;
  return childrenOf(pid).reduce((sum, child) => sum + secondsOf(child), secondsOf(pid) + ended);
}

function childrenOf(pid: number): number[] {
  if (!fs.existsSync('/proc/self/stat')) return [];
  const pids = fs.readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((child) => Number(statOf(child)?.[1]) === pid);
}

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets: state, parent, … */
function statOf(pid: number): string[] | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
