import { describe, expect, it } from "vitest";
import { createEditorTokens } from "../../../src/store/d1/editor-tokens.ts";
import { createNameLists, type NameListRow } from "../../../src/store/d1/name-lists.ts";
import { createPreviewKeys, type PreviewKey } from "../../../src/store/d1/preview-keys.ts";

// What an isolate knows of the database without asking again: answers come late, and in another order.

/** A reader that answers when it is told to, its questions by number. */
const createReader = <Answer>() => {
  const questions: PromiseWithResolvers<Answer>[] = [];
  const read = (): Promise<Answer> => {
    const question = Promise.withResolvers<Answer>();
    questions.push(question);
    return question.promise;
  };
  return { read, questions, answer: (index: number, answer: Answer) => questions[index]?.resolve(answer) };
};

const ignore = (): void => {};

describe("the tokens of editors", () => {
  it("are read once for each change of them, also by requests at the same time", async () => {
    const { read, questions, answer } = createReader<readonly string[]>();
    const tokens = createEditorTokens(read, ignore);
    const both = [tokens.has("a", 1), tokens.has("b", 1)];
    answer(0, ["a"]);
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(await tokens.has("a", 1)).toBe(true);
    expect(questions).toHaveLength(1);
    const later = tokens.has("a", 2);
    answer(1, []);
    expect([await later, questions.length]).toEqual([false, 2]);
  });

  it("are asked for one by one where there are more than a thousand", async () => {
    for (const [count, isKnown] of [
      [1000, false],
      [1001, true],
    ] as const) {
      const hashes = Array.from({ length: count }, (_, index) => `${index}`);
      const limits: number[] = [];
      const read = async (limit: number) => {
        limits.push(limit);
        return hashes.slice(0, limit);
      };
      const tokens = createEditorTokens(read, ignore);
      expect(await tokens.has("nobody's", 1)).toBe(isKnown);
      expect(await tokens.has("7", 1)).toBe(true);
      expect(limits).toEqual([1001]);
    }
  });
});

describe("the keys of preview links", () => {
  const open = () => {
    const { read, questions, answer } = createReader<readonly PreviewKey[]>();
    const readOne = async (id: string): Promise<PreviewKey> => ({ id, secret: "read alone" });
    const keys = createPreviewKeys({ readAll: read, readOne, refreshIntervalMs: 100, waitUntil: ignore });
    return { keys, questions, answer };
  };
  const [one, two]: readonly [PreviewKey, PreviewKey] = [
    { id: "one", secret: "1" },
    { id: "two", secret: "2" },
  ];

  it("that were asked for before a write take the place of none that were asked for after it", async () => {
    const { keys, questions, answer } = open();
    const before = keys.find("two", 0);
    keys.invalidate();
    const after = keys.find("two", 0);
    expect(questions).toHaveLength(2);
    answer(1, [one, two]);
    expect(await after).toEqual(two);
    answer(0, [one]);
    expect(await before).toBeUndefined();
    expect(await keys.find("two", 1)).toEqual(two);
    expect(questions).toHaveLength(2);
  });

  it("are read again after a write, for an unknown one after the interval, and never for a known one", async () => {
    const { keys, questions, answer } = open();
    const first = keys.find("two", 0);
    answer(0, [one]);
    expect(await first).toBeUndefined();
    expect(await keys.find("two", 99)).toBeUndefined();
    expect(await keys.find("one", 10_000)).toEqual(one);
    expect(questions).toHaveLength(1);
    const later = keys.find("two", 100);
    expect(questions).toHaveLength(2);
    answer(1, [one, two]);
    expect(await later).toEqual(two);
    keys.forget("two");
    expect(await keys.find("two", 150)).toBeUndefined();
    keys.invalidate();
    const last = keys.find("one", 151);
    expect(questions).toHaveLength(3);
    answer(2, [one]);
    expect(await last).toEqual(one);
  });

  it.each([
    [1001, undefined],
    [1002, { id: "new", secret: "read alone" }],
  ])("are read one by one where there are more than 1001: %i", async (count, expected) => {
    const { keys, answer } = open();
    const found = keys.find("new", 0);
    const all = Array.from({ length: count }, (_, index) => ({ id: `${index}`, secret: "s" }));
    answer(0, all);
    expect(await found).toEqual(expected);
  });
});

describe("a list of names", () => {
  const row = (version: number, more: Partial<NameListRow> = {}): NameListRow => ({
    ...{ version, isSame: 0, entries: "" },
    ...more,
  });

  it("is read once at each snapshot, also by requests at the same time, and by the version that is known", async () => {
    const asked: number[] = [];
    const lists = createNameLists(async (_, version) => {
      asked.push(version);
      return row(7, version === 7 ? { isSame: 1, entries: null } : {});
    }, ignore);
    await Promise.all([lists.has("tags/a", "one", 0), lists.has("tags/a", "one", 0)]);
    expect(lists.has("tags/a", "one", 0)).toBe(false);
    // Null says that there is nothing new: what was known stays.
    expect(await lists.has("tags/a", "two", 0)).toBe(false);
    expect(asked).toEqual([-1, 7]);
  });

  it("of another snapshot is waited for, and too long a one has every name", async () => {
    const { read, questions, answer } = createReader<NameListRow | undefined>();
    const lists = createNameLists(read, ignore);
    const before = lists.has("tags/a", "one", 0);
    const after = lists.has("tags/a", "two", 0);
    expect(questions).toHaveLength(2);
    answer(0, row(1));
    answer(1, row(2, { entries: null }));
    expect([await before, await after]).toEqual([false, true]);
  });
});
