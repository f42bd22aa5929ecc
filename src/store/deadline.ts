/** A store that did not answer in time. */
export class TooLate extends Error {
  override readonly name = "TooLate";
}

/** The outcome of some work, or TooLate after so many milliseconds. */
export const within = async <Value>(work: Promise<Value>, milliseconds: number): Promise<Value> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
