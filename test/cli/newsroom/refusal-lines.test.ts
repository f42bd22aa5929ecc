import { expect, it } from "vitest";
import { refusalLines } from "../../../src/cli/newsroom/refusal-lines.ts";

it.each<[string, unknown, readonly RegExp[]]>([
  ["gives the reason of the newsroom", { status: 409, detail: "Choose another." }, [/^x: 409 Choose another\.$/]],
  ["gives its title if there is no detail", { status: 500, title: "Internal Server Error" }, [/^x: 500 Internal/]],
  [
    "gives file, line and column of each error",
    {
      status: 422,
      detail: "Mend it.",
      errors: [{ file: "content/x.md", line: 3, column: 1, severity: "error", reason: "Odd." }],
    },
    [/^x: 422 Mend it\.$/, /^content\/x\.md:3:1 error Odd\.$/],
  ],
  ["explains for people that a renamed story needs an alias", { status: 428, detail: "If-Match" }, [/`aliases`/]],
  ["says that there is no reason if there is none", "?", [/^x: the newsroom gave no reason$/]],
])("a refusal %s", (_what, problem, lines) => {
  expect(refusalLines(problem, "x")).toEqual(lines.map((line) => expect.stringMatching(line)));
});
