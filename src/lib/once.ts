/** Does some work the first time it is called, and again only after that has failed. */
export const once = <Input>(work: (input: Input) => Promise<void>): ((input: Input) => Promise<void>) => {
  let isBegun = false;
  return async (input) => {
    if (isBegun) return;
    isBegun = true;
    try {
      await work(input);
    } catch (error) {
      isBegun = false;
      throw error;
    }
  };
};
