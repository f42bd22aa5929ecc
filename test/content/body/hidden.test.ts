import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("what is hidden", () => {
  it.each([
    [
      "a <span hidden>b</span> c",
      "<p>a  c</p>",
      "1:3 warning removed: This <span> is hidden (`hidden`), so it was removed with all it holds. If people should read it, show it.",
    ],
    [
      '<p style="display:none">a</p>b',
      "b",
      "1:1 warning removed: This <p> is hidden (its `style`), so it was removed with all it holds. If people should read it, show it.",
    ],
    [
      '<p style="color:red;visibility: hidden">a</p>b',
      "b",
      "1:1 warning removed: This <p> is hidden (its `style`), so it was removed with all it holds. If people should read it, show it.",
    ],
    [
      '<p style="x-display:none">a</p>b',
      "<p>a</p>b",
      "1:1 warning removed: The attribute `style` of <p> is not allowed in a feed and was removed.",
    ],
    [
      '<p style="DISPLAY:  NONE">a</p>b',
      "b",
      "1:1 warning removed: This <p> is hidden (its `style`), so it was removed with all it holds. If people should read it, show it.",
    ],
    [
      "<p hidden>a</p><p hidden>b</p>c",
      "c",
      "1:1 warning removed: This <p> is hidden (`hidden`), so it was removed with all it holds. If people should read it, show it.",
      "1:16 warning removed: This <p> is hidden (`hidden`), so it was removed with all it holds. If people should read it, show it.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
