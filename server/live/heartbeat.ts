/**
 * The pings of Engine.IO's protocol 4 for any number of connections by one timer, in whole seconds: a ping so long after the last
 * answer, and the end of whoever doesn't answer in time. Anything else that comes meanwhile is a sign of life once.
 */
export interface Beating {
  readonly pulse: Pulse;
  ping(): void;
  close(): void;
  /** It gave no sign of life. */
  timedOut(): void;
}

/** What one connection is waiting for. */
export interface Pulse {
  /** By the beats of the heart. */
  dueAt: number;
  state: 'quiet' | 'pinged' | 'excused';
}

interface Times {
  pingSeconds: number;
  patienceSeconds: number;
}

export class Heartbeat {
  readonly #beating = new Set<Beating>();
  readonly #times: Times;
  #timer: NodeJS.Timeout | null = null;
  #now = 0;

  constructor(times: Times) {
    this.#times = times;
  }

  firstPulse(): Pulse {
    return { dueAt: this.#now + this.#times.pingSeconds, state: 'quiet' };
  }

  add(one: Beating): void {
    this.#beating.add(one);
    this.#timer ??= setInterval(() => this.beat(), 1_000);
  }

  delete(one: Beating): void {
    this.#beating.delete(one);
    if (this.#beating.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  all(): Iterable<Beating> {
    return this.#beating;
  }

  answered({ pulse }: Beating): void {
    pulse.state = 'quiet';
    pulse.dueAt = this.#now + this.#times.pingSeconds;
  }

  /** Something else than the answer came. */
  spoke(one: Beating): void {
    if (one.pulse.state !== 'pinged') return;
    this.excuse(one);
    one.pulse.state = 'excused';
  }

  /** The whole time for the answer again. */
  excuse({ pulse }: Beating): void {
    if (pulse.state !== 'quiet') pulse.dueAt = this.#now + this.#times.patienceSeconds;
  }

  /** A second went by. */
  beat(): void {
    this.#now++;
    for (const one of this.#beating) {
      const { pulse } = one;
      if (pulse.dueAt > this.#now) continue;
      if (pulse.state !== 'quiet') one.timedOut();
      else {
        pulse.state = 'pinged';
        pulse.dueAt = this.#now + this.#times.patienceSeconds;
        one.ping();
      }
    }
  }
}
