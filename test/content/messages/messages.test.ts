import { describe, expect, it } from "vitest";
import { quote } from "../../../src/content/messages/messages.ts";

describe("the writer's words quoted in a message", () => {
  it.each([
    ["plain", "`plain`"],
    ["two\n  lines", "`two lines`"],
    ["bell\u{7} and \u{d800}", "`bell\u{fffd} and \u{fffd}`"],
    ["👩".repeat(100), `\`${"👩".repeat(59)}…\``],
  ])("%j are shown as %j", (words, shown) => {
    expect(quote(words)).toBe(shown);
  });
});
