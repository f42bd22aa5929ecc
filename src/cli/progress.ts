const WIDTH = 30;
const FEW = 5;

/** Shows how far some work is, on a terminal, where there is more than a little of it. */
export const createProgress = (total: number, out: NodeJS.WriteStream = process.stderr) => {
  let done = 0;
  const isShown = total > FEW && out.isTTY === true;
  return {
    /** One more is done. */
    step(): void {
      done += 1;
      if (!isShown) return;
      const filled = Math.round((done / total) * WIDTH);
      out.write(`\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${total}${done === total ? "\n" : ""}`);
    },
  };
};
