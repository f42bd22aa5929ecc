import { describe, expect, it } from "vitest";
import { compile } from "../../../src/content/compile.ts";
import { CONTEXT, storyOf } from "../support.ts";

const PUBLISHED = Date.UTC(2026, 10, 22, 18);

/** An instant in front matter, so many seconds after the story was published. */
const after = (seconds: number): string => new Date(PUBLISHED + seconds * 1000).toISOString();

/** The messages of a story that is compiled so many milliseconds after it was published. */
const messagesAt = (nowMs: number | undefined, keys: string): readonly string[] =>
  compile("hello.md", storyOf("Text.", keys), {
    ...CONTEXT,
    ...(nowMs !== undefined && { now: PUBLISHED + nowMs }),
  }).file.messages.map(
    ({ line, column, fatal, reason }) => `${line}:${column} ${fatal ? "error" : "warning"}: ${reason}`,
  );

const withdrawn = (seconds: number): string => `withdrawn: { at: ${after(seconds)}, reason: Wrong. }\n`;
const corrections = (...seconds: readonly number[]): string =>
  `corrections:\n${seconds.map((one) => `  - { at: ${after(one)}, note: x }\n`).join("")}`;

describe("a withdrawal", () => {
  const AHEAD =
    "5:18 error: `withdrawn.at` lies ahead, but a withdrawal counts at once. Write the present time, or `expires` if it is to leave later.";
  const BEFORE =
    "5:18 error: `withdrawn.at` is before `published`. A story that never appeared can be a draft, or be deleted.";
  const notAfter = (name: string): string =>
    `5:18 error: \`withdrawn.at\` is not after \`${name}\`, so readers would keep the text. Write a later second, or mend that date.`;

  it.each([
    ["in this second", 3_600_000, 3600, []],
    ["in the second that has begun", 3_600_001, 3601, []],
    ["in the second that ends", 3_600_999, 3601, []],
    ["in the next second", 3_600_000, 3601, [AHEAD]],
    ["in the second after the one that has begun", 3_600_001, 3602, [AHEAD]],
    ["whenever, if nobody knows the time", undefined, 3_600_000, []],
    ["a second before the story", 3_600_000, -1, [BEFORE]],
    ["together with the story", 3_600_000, 0, [notAfter("published")]],
    ["a second after the story", 3_600_000, 1, []],
  ])("is dated %s", (_, now, at, messages) => {
    expect(messagesAt(now, withdrawn(at))).toEqual(messages);
  });

  it.each([
    ["before the update", `updated: ${after(20)}\n`, 19, [notAfter("updated")]],
    ["with the update", `updated: ${after(20)}\n`, 20, [notAfter("updated")]],
    ["after the update", `updated: ${after(20)}\n`, 21, []],
    ["before the second correction", corrections(10, 30), 20, [notAfter("corrections[1].at")]],
    ["before the first correction, the later one", corrections(30, 10), 20, [notAfter("corrections[0].at")]],
    ["after both corrections", corrections(10, 30), 31, []],
    ["before a correction and the later update", `${corrections(20)}updated: ${after(30)}\n`, 9, [notAfter("updated")]],
  ])("comes %s", (_, keys, at, messages) => {
    expect(messagesAt(undefined, withdrawn(at) + keys)).toEqual(messages);
  });
});

describe("a change", () => {
  const ahead = (place: string, name: string): string =>
    `${place} warning: \`${name}\` lies ahead. Readers see that date as soon as the story appears: is it right?`;
  const before = (place: string, name: string): string =>
    `${place} error: \`${name}\` is before \`published\`. Mend one of the two.`;

  it.each([
    ["an update with the story", 0, `updated: ${after(0)}\n`, []],
    ["an update a second before the story", 0, `updated: ${after(-1)}\n`, [before("5:10", "updated")]],
    ["an update now", 5000, `updated: ${after(5)}\n`, []],
    ["an update a second from now", 5000, `updated: ${after(6)}\n`, [ahead("5:10", "updated")]],
    ["an update with a story that is still to come", -5000, `updated: ${after(0)}\n`, []],
    ["an update after a story that is still to come", -5000, `updated: ${after(1)}\n`, [ahead("5:10", "updated")]],
    ["an update that nobody can date", undefined, `updated: ${after(99_999_999)}\n`, []],
    ["two corrections, of which one is too early", 9000, corrections(5, -1), [before("7:11", "corrections[1].at")]],
    ["two corrections, of which one lies ahead", 9000, corrections(10, 9), [ahead("6:11", "corrections[0].at")]],
    ["an expiry a second after the story", 0, `expires: ${after(1)}\n`, []],
    [
      "an expiry with the story",
      0,
      `expires: ${after(0)}\n`,
      ["5:10 error: `expires` is not after `published`: the story would never appear. Mend one of the two."],
    ],
  ])("is %s", (_, now, keys, messages) => {
    expect(messagesAt(now, keys)).toEqual(messages);
  });
});
