import { type Entry, Timetable } from './timetable.js';

/** Something that happens once, when the sandbox's time reaches its moment. */
export type TimedJob = () => void | Promise<void>;

interface Scheduled {
  readonly run: TimedJob;
  /** It was taken back. */
  gone: boolean;
}

/** setTimeout's longest wait; later jobs are looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Business time of the sandbox: real time plus an offset. Retries, expiries and settlements are jobs on it; they run when
 * their moment passes, by real time or by `advance`. Timestamps inside signed messages are *not* taken from here.
 */
export class SandboxClock {
  private offset = 0;
  private readonly jobs = new Timetable<Scheduled>();
  private timer: NodeJS.Timeout | undefined;
  private timerAt = Infinity;
  private advancing = false;
  private closed = false;
  private turn: Promise<void> = Promise.resolve();
  private readonly inFlight = new Set<Promise<void>>();

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  get offsetMs(): number {
    return this.offset;
  }

  /** Runs `run` once when the virtual time reaches `at` (at once when it has). Returns what takes it back. */
  schedule(at: Date, run: TimedJob): () => void {
    const job = { run, gone: false };
    if (!this.closed) this.jobs.add(at.getTime(), job);
    if (at.getTime() < this.timerAt) this.arm();
    return () => {
      job.gone = true;
    };
  }

  /** Moves time forward, running every job on the way in order, each awaited, each at its own moment. */
  advance(ms: number): Promise<void> {
    const step = this.turn.then(() => this.step(ms));
    this.turn = step.catch(() => undefined);
    return step;
  }

  /** Sets the virtual time. Forward is an `advance`; backward only moves the offset. */
  async set(to: Date): Promise<void> {
    const ms = to.getTime() - this.now().getTime();
    if (ms > 0) return this.advance(ms);
    this.offset += ms;
    this.arm();
  }

  /** Goes on with an offset of before; jobs that were due meanwhile run as soon as they are scheduled. */
  resumeAt(offsetMs: number): void {
    this.offset = offsetMs;
    this.arm();
  }

  /** Counts `work` as being in flight: `settled()` and `advance()` wait for it. Never rejects. */
  track(work: Promise<void>): Promise<void> {
    const quiet = work.catch((cause: unknown) => {
      process.emitWarning(cause instanceof Error ? cause : String(cause));
    });
    this.inFlight.add(quiet);
    return quiet.finally(() => this.inFlight.delete(quiet));
  }

  /** Resolves once nothing is under way; jobs that wait for a later moment do not count. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Forgets all jobs, now and later, and stops the timer. */
  close(): void {
    this.closed = true;
    this.jobs.clear();
    clearTimeout(this.timer);
  }

  private async step(ms: number): Promise<void> {
    const target = this.now().getTime() + ms;
    const finalOffset = this.offset + ms;
    this.advancing = true;
    clearTimeout(this.timer);
    try {
      await this.settled();
      for (let job = this.takeDue(target); job !== undefined; job = this.takeDue(target)) {
        this.offset = Math.max(this.offset, job.at - Date.now());
        await this.start(job);
        await this.settled();
      }
    } finally {
      this.offset = finalOffset;
      this.advancing = false;
      this.arm();
    }
  }

  private start({ job }: Entry<Scheduled>): Promise<void> {
    return this.track((async () => (job.gone ? undefined : job.run()))());
  }

  private takeDue(until: number): Entry<Scheduled> | undefined {
    const { first } = this.jobs;
    return first !== undefined && first.at <= until ? this.jobs.take() : undefined;
  }

  /** One timer, for the next job only; it never keeps the process alive. */
  private arm(): void {
    if (this.advancing) return;
    clearTimeout(this.timer);
    const next = this.jobs.first;
    this.timerAt = next?.at ?? Infinity;
    if (next === undefined) return;
    const wait = Math.min(Math.max(next.at - this.now().getTime(), 0), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => this.runDue(), wait);
    this.timer.unref();
  }

  private runDue(): void {
    const now = this.now().getTime();
    for (let job = this.takeDue(now); job !== undefined; job = this.takeDue(now)) void this.start(job);
    this.arm();
  }
}
