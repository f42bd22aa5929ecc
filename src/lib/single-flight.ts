/** Runs `work` for a key, unless it is running already: then the running one's promise is returned. */
export type SingleFlight<Value> = (key: string, work: () => Promise<Value>) => Promise<Value>;

/**
 * Creates a single flight. `waitUntil` is called with a promise of each work that never rejects, so that the work goes on
 * when the request that started it has ended.
 */
export const createSingleFlight = <Value>(waitUntil: (work: Promise<unknown>) => void): SingleFlight<Value> => {
  const running = new Map<string, Promise<Value>>();
  return (key, work) => {
    const other = running.get(key);
    if (other !== undefined) return other;
    const promise = work().finally(() => running.delete(key));
    running.set(key, promise);
    // Those who await it see its failure.
    waitUntil(promise.catch(() => {}));
    return promise;
  };
};
