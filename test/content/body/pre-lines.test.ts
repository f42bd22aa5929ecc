import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("an empty line at the beginning of code", () => {
  it.each([
    ["<pre>\n\na</pre>", "<pre>\n\na</pre>"],
    ["```\n\na\n```", "<pre><code>\na\n</code></pre>"],
    ["<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"],
    ["    \n    a", "<pre><code>a\n</code></pre>"],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
