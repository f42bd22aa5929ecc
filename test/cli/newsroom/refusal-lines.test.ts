import { expect, it } from "vitest";
import { refusalLines } from "../../../src/cli/newsroom/refusal-lines.ts";

it.each<[string, unknown, readonly RegExp[]]>([
  ["says what the newsroom says", { status: 409, detail: "Choose another." }, [/^x: 409 Choose another\.$/]],
  ["says its title where it says no more", { status: 500, title: "Internal Server Error" }, [/^x: 500 Internal/]],
  [
    "says file, line and column of each mistake",
    {
      status: 422,
      detail: "Mend it.",
      errors: [{ file: "content/x.md", line: 3, column: 1, severity: "error", reason: "Odd." }],
    },
    [/^x: 422 Mend it\.$/, /^content\/x\.md:3:1 error Odd\.$/],
  ],
  ["says in its own words that a renamed story needs an alias", { status: 428, detail: "If-Match" }, [/`aliases`/]],
  ["says that there is no reason where there is none", "?", [/^x: the newsroom gave no reason$/]],
])("a refusal %s", (_what, problem, lines) => {
  expect(refusalLines(problem, "x")).toEqual(lines.map((line) => expect.stringMatching(line)));
});
