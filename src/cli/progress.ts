import { SingleBar } from "cli-progress";

/** Work that is done sooner shows no bar. */
const SHOWN_AFTER_MS = 1000;

/** A progress bar. It goes away when it is disposed of. */
export interface Progress extends Disposable {
  /** Says how many steps are done, and of how many. */
  readonly update: (done: number, total: number) => void;
  /** Prints lines to standard error, above the bar. */
  readonly print: (lines: readonly string[]) => void;
}

/** A progress bar for work of some kind (`Compiling`). It is drawn on a terminal only, and only if the work takes over a second. */
export const createProgress = (
  work: string,
  out: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now(),
): Progress => {
  const start = now();
  const bar = new SingleBar({
    stream: out,
    format: `${work} [{bar}] {value}/{total}`,
    clearOnComplete: true,
    barsize: 30,
  });
  return {
    update(done, total) {
      if (bar.isActive) bar.update(done);
      else if (now() - start >= SHOWN_AFTER_MS) bar.start(total, done);
    },
    print(lines) {
      // The next update draws it again.
      if (lines.length > 0) bar.stop();
      for (const line of lines) console.error(line);
    },
    [Symbol.dispose]: () => bar.stop(),
  };
};
