/** Returns a function that does `work` when it is called first, and then never again unless that has failed. */
export const once = <Input>(work: (input: Input) => Promise<void>): ((input: Input) => Promise<void>) => {
  let isStarted = false;
  return async (input) => {
    if (isStarted) return;
    isStarted = true;
    try {
      await work(input);
    } catch (error) {
      isStarted = false;
      throw error;
    }
  };
};
