import fc from "fast-check";
import { expect, it } from "vitest";
import { mapInTurns } from "../../src/lib/map-in-turns.ts";

/** Work that ends when the test says so; `begun` has the items in the order in which they were begun. */
const controlled = () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    work: (item: string): Promise<string> =>
      new Promise((resolve) => {
        begun.push(item);
        ends.set(item, () => resolve(item.toUpperCase()));
      }),
    async end(item: string): Promise<void> {
      ends.get(item)?.();
      // Whatever follows from that has been begun after this.
      await new Promise((done) => setImmediate(done));
    },
  };
};

/** The first letter is whose it is. */
const ownerOf = (item: string): readonly string[] => [item.charAt(0)];

it("one at a time of each key is begun, and others go first meanwhile; the results keep the order of the items", async () => {
  const { begun, work, end } = controlled();
  const mapping = mapInTurns(["a1", "a2", "a3", "b1", "c1"], ownerOf, work, { max: 2, maxPerKey: 1 });
  expect(begun).toEqual(["a1", "b1"]);
  await end("b1");
  expect(begun).toEqual(["a1", "b1", "c1"]);
  await end("c1");
  expect(begun).toEqual(["a1", "b1", "c1"]);
  for (const item of ["a1", "a2", "a3"]) await end(item);
  expect(begun).toEqual(["a1", "b1", "c1", "a2", "a3"]);
  expect(await mapping).toEqual(["A1", "A2", "A3", "B1", "C1"]);
});

it("without a limit for a key nothing is left idle, but others still go first", async () => {
  const { begun, work, end } = controlled();
  const mapping = mapInTurns(["a1", "a2", "a3", "b1"], ownerOf, work, { max: 3 });
  expect(begun).toEqual(["a1", "b1", "a2"]);
  for (const item of ["a1", "b1", "a2", "a3"]) await end(item);
  expect(await mapping).toEqual(["A1", "A2", "A3", "B1"]);
});

it("an item with two keys waits for both", async () => {
  const { begun, work, end } = controlled();
  const mapping = mapInTurns(["ab", "bc", "cd"], (item) => Array.from(item), work, { max: 3, maxPerKey: 1 });
  expect(begun).toEqual(["ab", "cd"]);
  await end("ab");
  expect(begun).toEqual(["ab", "cd"]);
  await end("cd");
  await end("bc");
  expect(await mapping).toEqual(["AB", "BC", "CD"]);
});

it("it rejects if the work does", async () => {
  const fail = () => Promise.reject(new Error("no"));
  await expect(mapInTurns(["a"], ownerOf, fail, { max: 1 })).rejects.toThrow("no");
  expect(await mapInTurns<string, string>([], ownerOf, fail, { max: 1 })).toEqual([]);
});

it("nothing more is begun once one has failed", async () => {
  const { begun, work, end } = controlled();
  const failing = (item: string) =>
    item === "a1" ? work(item).then(() => Promise.reject(new Error("no"))) : work(item);
  const mapping = mapInTurns(["a1", "b1", "a2", "c1"], ownerOf, failing, { max: 2 });
  const outcome = expect(mapping).rejects.toThrow("no");
  await end("a1");
  await outcome;
  await end("b1");
  expect(begun).toEqual(["a1", "b1"]);
});

it("every item is mapped once, and never more at the same time than may be", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 3 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (items, max, maxPerKey) => {
        const running: string[] = [];
        const results = await mapInTurns(
          items,
          ownerOf,
          async (item) => {
            running.push(item);
            expect(running.length).toBeLessThanOrEqual(max);
            expect(running.filter((one) => one.charAt(0) === item.charAt(0)).length).toBeLessThanOrEqual(maxPerKey);
            await Promise.resolve();
            running.splice(running.indexOf(item), 1);
            return item;
          },
          { max, maxPerKey },
        );
        expect(results).toEqual(items);
      },
    ),
  );
});
