/** What is needed to answer (a database, a bucket) failed or did not answer in time. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** Resolves or rejects as `work` does; rejects with `Unavailable` if that takes longer than `timeoutMs`. */
export const withTimeout = async <Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
};
