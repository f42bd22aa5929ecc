/** A store that failed, or did not answer in time. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** The outcome of some work, or Unavailable after so many milliseconds. */
export const within = async <Value>(work: Promise<Value>, milliseconds: number): Promise<Value> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
