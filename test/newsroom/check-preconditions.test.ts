import { describe, expect, it } from "vitest";
import { checkPreconditions } from "../../src/newsroom/preconditions.ts";
import { storyEtag, toCurrentResource } from "../../src/newsroom/stories/story-etag.ts";

// RFC 9110 §13.1.1, §13.1.2 and RFC 6585 §3, in each combination: If-Match and If-None-Match are absent (-), name the stored
// version (same), another one (other), or any (*).

const VALUES = { "-": undefined, same: '"7"', other: '"8"', "*": "*" } as const;
type Condition = keyof typeof VALUES;
const CONDITIONS: readonly Condition[] = ["-", "same", "other", "*"];

const current = { etag: '"7"', hasTag: (tag: string) => tag === '"7"' };

const statusOf = (ifMatch: Condition, ifNoneMatch: Condition, isStored: boolean, isRequired: boolean) => {
  const headers = new Headers();
  if (VALUES[ifMatch] !== undefined) headers.set("if-match", VALUES[ifMatch]);
  if (VALUES[ifNoneMatch] !== undefined) headers.set("if-none-match", VALUES[ifNoneMatch]);
  const refusal = checkPreconditions(headers, isStored ? current : undefined, isRequired);
  if (refusal !== undefined) expect(refusal.headers.get("etag")).toBe(isStored ? '"7"' : null);
  return refusal?.status ?? 200;
};

const table = (isStored: boolean, isRequired: boolean) =>
  CONDITIONS.map((ifMatch) => CONDITIONS.map((ifNoneMatch) => statusOf(ifMatch, ifNoneMatch, isStored, isRequired)));

describe("the conditions of a write: rows by If-Match, columns by If-None-Match (absent, same, other, any)", () => {
  it("over what is stored", () => {
    expect(table(true, false)).toEqual([
      [200, 412, 200, 412],
      [200, 412, 200, 412],
      [412, 412, 412, 412],
      [200, 412, 200, 412],
    ]);
  });

  it("over what is stored, if If-Match is required", () => {
    expect(table(true, true)).toEqual([
      [428, 412, 428, 412],
      [200, 412, 200, 412],
      [412, 412, 412, 412],
      [200, 412, 200, 412],
    ]);
  });

  it.each([false, true])("where nothing is stored (If-Match is required: %s)", (isRequired) => {
    expect(table(false, isRequired)).toEqual([
      [200, 200, 200, 200],
      [412, 412, 412, 412],
      [412, 412, 412, 412],
      [412, 412, 412, 412],
    ]);
  });
});

describe("the entity tag of a story", () => {
  const stored = { version: 12 };
  const hasTag = (tag: string): boolean | undefined => {
    const story: Parameters<typeof toCurrentResource>[0] = JSON.parse(JSON.stringify(stored));
    return toCurrentResource(story)?.hasTag(tag);
  };

  it("differs by form", () => expect([storyEtag(12), storyEtag(12, "markdown")]).toEqual(['"12"', '"12-md"']));

  it.each<[string, boolean]>([
    ['"12"', true],
    ['"12-md"', true],
    ['W/"12"', true],
    ['W/"12-md"', true],
    ['"1"', false],
    ['"112"', false],
    ['"12-mdx"', false],
    ['"x12"', false],
    ["12", false],
    ['w/"12"', false],
    [`"${"0".repeat(14)}12"`, false],
    ['""', false],
  ])("%s names version 12: %s", (tag, isNamed) => expect(hasTag(tag)).toBe(isNamed));

  it("is none of what is not stored", () => expect(toCurrentResource(undefined)).toBeUndefined());
});
