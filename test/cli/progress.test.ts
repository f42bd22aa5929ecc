import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createProgress } from "../../src/cli/progress.ts";

afterEach(() => vi.restoreAllMocks());

interface Work {
  readonly isTTY?: boolean;
  readonly stepMs?: number;
  readonly steps?: number;
  /** After which step a line is printed. */
  readonly printAfter?: number;
}

/** What work of some steps writes to a terminal or a file, without the codes that move the cursor. */
const written = ({ isTTY = true, stepMs = 500, steps = 7, printAfter }: Work): readonly string[] => {
  const parts: string[] = [];
  let time = 0;
  const out: NodeJS.WriteStream = Object.create(process.stderr, {
    isTTY: { value: isTTY },
    write: { value: (part: string) => parts.push(part) > 0 },
  });
  vi.spyOn(console, "error").mockImplementation((line: string) => void out.write(line));
  {
    using progress = createProgress("Sending", out, () => time);
    for (let step = 1; step <= steps; step++) {
      time += stepMs;
      progress.update(step, steps);
      if (step === printAfter) progress.print(["Refused."]);
    }
  }
  return parts.map(stripVTControlCharacters).filter((part) => part !== "");
};

describe("a progress bar", () => {
  it("appears on a terminal after a second, shows the end, and goes away", () => {
    expect(written({})).toEqual([
      expect.stringMatching(/^Sending \[=+-+\] 2\/7$/),
      expect.stringMatching(/^Sending \[=+\] 7\/7$/),
    ]);
  });

  it("makes room for lines in between", () => {
    const [, beforeLine, line, afterLine] = written({ printAfter: 4 });
    expect([beforeLine, line, afterLine]).toEqual([
      expect.stringContaining(" 4/7"),
      "Refused.",
      expect.stringContaining(" 5/7"),
    ]);
  });

  it.each<[string, Work, readonly string[]]>([
    ["where nobody watches", { isTTY: false }, ["Refused."]],
    ["for work that takes less than a second", { stepMs: 140 }, ["Refused."]],
    ["for no work", { steps: 0 }, []],
  ])("does not appear %s", (_, work, lines) => {
    expect(written(work)).toEqual([]);
    expect(written({ ...work, printAfter: 1 })).toEqual(lines);
  });
});
