const WIDTH = 30;
/** Less work than this shows no bar. */
const MIN_TOTAL = 6;

/** A progress bar for `total` steps. It is drawn on a terminal only, and only if there is more than a little to do. */
export const createProgress = (total: number, out: NodeJS.WriteStream = process.stderr) => {
  let done = 0;
  const isShown = total >= MIN_TOTAL && out.isTTY === true;
  return {
    /** Counts one step as done. */
    step(): void {
      done += 1;
      if (!isShown) return;
      const filled = Math.round((done / total) * WIDTH);
      out.write(`\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${total}${done === total ? "\n" : ""}`);
    },
  };
};
