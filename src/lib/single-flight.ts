/** Does work for a key once, however many ask for it at the same time: the others get the same promise. */
export type SingleFlight<Value> = (key: string, work: () => Promise<Value>) => Promise<Value>;

/** A single flight for each key. `keepGoing` is given each promise, so that it goes on where the first asker has left. */
export const createSingleFlight = <Value>(keepGoing: (work: Promise<unknown>) => void): SingleFlight<Value> => {
  const flying = new Map<string, Promise<Value>>();
  return (key, work) => {
    const other = flying.get(key);
    if (other !== undefined) return other;
    const mine = work().finally(() => flying.delete(key));
    flying.set(key, mine);
    // Whoever awaits it hears of its failure.
    keepGoing(mine.catch(() => {}));
    return mine;
  };
};
