/** A message for a value of the wrong type that has its own words for a key with nothing behind it. */
export const expected =
  (message: string) =>
  ({ received }: { readonly received: string }): string =>
    received === "null" ? "has no value. Write one, or delete it." : message;
