/** Something to do, at the earliest when `after` is done and the recording's clock shows `atMs`. */
export interface Task {
  id: string;
  after: string | null;
  atMs: number;
}

/**
 * Tasks in the order given (by time, and each behind the one it waits for), handed out as early as they may run: one that
 * still waits is overtaken by those behind it, and comes first once it is free.
 */
export class TaskQueue<T extends Task> {
  readonly #tasks: T[];
  readonly #open: Set<string>;
  readonly #waiting = new Map<string, T[]>();
  #free: T[] = [];
  #next = 0;

  constructor(tasks: T[]) {
    this.#tasks = tasks;
    this.#open = new Set(tasks.map((task) => task.id));
  }

  /** The next task that is due at this time of the recording and waits for nothing; null when there is none now. */
  take(clockMs: number): T | null {
    const free = this.#free.shift();
    if (free) return free;
    for (let task = this.#tasks[this.#next]; task && task.atMs <= clockMs; task = this.#tasks[this.#next]) {
      this.#next++;
      if (task.after === null || !this.#open.has(task.after)) return task;
      this.#waiting.set(task.after, [...(this.#waiting.get(task.after) ?? []), task]);
    }
    return null;
  }

  /** When the clock alone makes another task due; null when none is left that it could. */
  nextAtMs(): number | null {
    return this.#tasks[this.#next]?.atMs ?? null;
  }

  succeed({ id }: T): void {
    this.#open.delete(id);
    this.#free.push(...(this.#waiting.get(id) ?? []));
    this.#waiting.delete(id);
  }

  /** At the end: those behind a task that never succeeded. */
  get stranded(): T[] {
    return [...this.#waiting.values()].flat();
  }
}
