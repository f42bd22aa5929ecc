const pending = new Set<() => void>();

const exitOnSignal = (_signal: NodeJS.Signals, number: number): never => process.exit(128 + number);

process.once("exit", () => {
  for (const clean of pending) clean();
});

/** Calls `clean` once: when the result is disposed of, otherwise when the process exits or is interrupted. */
export const onExit = (clean: () => void): Disposable => {
  if (pending.size === 0) process.on("SIGINT", exitOnSignal).on("SIGTERM", exitOnSignal);
  pending.add(clean);
  return {
    [Symbol.dispose]() {
      if (!pending.delete(clean)) return;
      clean();
      if (pending.size === 0) process.off("SIGINT", exitOnSignal).off("SIGTERM", exitOnSignal);
    },
  };
};
