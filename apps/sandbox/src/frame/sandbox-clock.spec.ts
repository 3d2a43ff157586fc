import { describe, expect, it } from 'vitest';
import { SandboxClock } from './sandbox-clock.js';

const later = (clock: SandboxClock, ms: number): Date => new Date(clock.now().getTime() + ms);

describe('the sandbox clock', () => {
  it('runs what is due in order of time, also what a job adds on the way, each at its own moment', async () => {
    const clock = new SandboxClock();
    const start = clock.now().getTime();
    const ran: [string, number][] = [];
    const note = (name: string) => ran.push([name, Math.round((clock.now().getTime() - start) / 1_000)]);
    clock.schedule(later(clock, 20_000), () => void note('second'));
    clock.schedule(later(clock, 10_000), () => {
      note('first');
      clock.schedule(later(clock, 5_000), () => void note('added'));
    });
    clock.schedule(later(clock, 60_000), () => void note('not yet'));
    await clock.advance(30_000);
    expect(ran).toEqual([
      ['first', 10],
      ['added', 15],
      ['second', 20],
    ]);
    expect(clock.offsetMs).toBe(30_000);
    clock.close();
  });

  it('awaits the work of each job before time goes on', async () => {
    const clock = new SandboxClock();
    const ran: string[] = [];
    clock.schedule(later(clock, 1_000), async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ran.push('slow');
    });
    clock.schedule(later(clock, 2_000), () => void ran.push('quick'));
    await clock.advance(3_000);
    expect(ran).toEqual(['slow', 'quick']);
    clock.close();
  });

  it('runs jobs when real time passes them', async () => {
    const clock = new SandboxClock();
    const due = later(clock, 5);
    await new Promise<void>((resolve) => {
      clock.schedule(due, resolve);
    });
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(due.getTime());
    clock.close();
  });

  it('forgets what was taken back, and can be set to any time', async () => {
    const clock = new SandboxClock();
    const ran: string[] = [];
    const takeBack = clock.schedule(later(clock, 1_000), () => void ran.push('gone'));
    takeBack();
    await clock.advance(2_000);
    await clock.set(new Date(0));
    expect(clock.now().getTime()).toBeLessThan(60_000);
    expect(ran).toEqual([]);
    clock.close();
  });
});
