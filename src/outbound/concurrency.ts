/**
 * Maps values through an asynchronous function, of which at most `concurrency` calls run at the same time. Resolves to
 * the outcomes in the order of the values, and rejects with the first error.
 */
export const mapConcurrently = async <Value, Outcome>(
  values: readonly Value[],
  map: (value: Value) => Promise<Outcome>,
  { concurrency }: { readonly concurrency: number },
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  // Shared, so that each worker takes the next value that nobody has taken.
  const entries = values.entries();
  const worker = async (): Promise<void> => {
    for (const [index, value] of entries) outcomes[index] = await map(value);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, values.length) }, worker));
  return outcomes;
};
