import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { errorCode } from './errors.ts';

/**
 * A word that no other process on this machine ever has: boot and start time. A pid alone does not name a process,
 * because the kernel hands it out again. Undefined when there is no such process or it is a zombie, which holds nothing
 * any more; `hidden` when it lives but we may not look at it (/proc mounted with hidepid).
 */
export function startOf(pid: number): string | undefined {
  const started = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return started ?? (pidExists(pid) && !isZombie(pid) ? 'hidden' : undefined);
}

/** Whether kill(2) finds the pid, zombies included: the very question PostgreSQL asks about its pid file. */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function startFromProc(pid: number): string | undefined {
  const fields = statFields(pid);
  if (!fields || /[ZX]/.test(fields[0] ?? '')) return undefined;
  const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}-${fields[19]}`;
}

function startFromPs(pid: number): string | undefined {
  const line = ps(pid, 'stat=,lstart=');
  return !line || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '').replace(/\W+/g, '-');
}

function isZombie(pid: number): boolean {
  return process.platform === 'linux' ? /[ZX]/.test(statFields(pid)?.[0] ?? '') : ps(pid, 'stat=').startsWith('Z');
}

/** The fields of /proc/PID/stat from the state on; the name before them may itself hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string {
  return (spawnSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '').trim();
}
