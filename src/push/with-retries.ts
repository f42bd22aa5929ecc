const MAX_TRIES = 3;

/**
 * Calls a shard, again if that fails: its methods have no further effect when they are called twice. `call` gets the
 * shard anew each time, as the stub of a Durable Object may be unusable after an error.
 */
export const withRetries = async <Value>(call: () => Promise<Value>): Promise<Value> => {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries >= MAX_TRIES) throw error;
    }
  }
};
