const pending = new Set<() => void>();

const leave = (_signal: NodeJS.Signals, number: number): never => process.exit(128 + number);

process.once("exit", () => {
  for (const clean of pending) clean();
});

/** Makes sure that `clean` runs once: when the result is disposed of, or else when the process ends or is interrupted. */
export const onExit = (clean: () => void): Disposable => {
  if (pending.size === 0) process.on("SIGINT", leave).on("SIGTERM", leave);
  pending.add(clean);
  return {
    [Symbol.dispose]() {
      if (!pending.delete(clean)) return;
      clean();
      if (pending.size === 0) process.off("SIGINT", leave).off("SIGTERM", leave);
    },
  };
};
