/** Time that passes only when the test says so. */
export interface FakeTime {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Lets some milliseconds pass, and all that happens in them. */
  readonly pass: (ms: number) => Promise<void>;
}

/** More than promises follow each other between two timers. */
const TURNS = 50;

export const createFakeTime = (start: number): FakeTime => {
  let now = start;
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    wait: (ms) => new Promise<void>((run) => timers.push({ at: now + ms, run })),
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
        const next = timers.sort((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        now = Math.max(now, next.at);
        timers.shift();
        next.run();
      }
      now = end;
    },
  };
};
