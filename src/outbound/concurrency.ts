/** Works through values, at most `atOnce` at the same time. Outcomes stand in the order of the values. */
export const inParallel = async <Value, Outcome>(
  values: readonly Value[],
  atOnce: number,
  work: (value: Value) => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const entries = values.entries();
  const worker = async (): Promise<void> => {
    for (const [index, value] of entries) outcomes[index] = await work(value);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, worker));
  return outcomes;
};
