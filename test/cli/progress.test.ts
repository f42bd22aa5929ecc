import { expect, it } from "vitest";
import { createProgress } from "../../src/cli/progress.ts";

/** What a progress bar writes for some steps, to a terminal or to a file. */
const written = (total: number, steps: number, isTTY: boolean): readonly string[] => {
  const lines: string[] = [];
  const out: NodeJS.WriteStream = Object.create(process.stderr, {
    isTTY: { value: isTTY },
    write: { value: (text: string) => lines.push(text) > 0 },
  });
  const progress = createProgress(total, out);
  for (let step = 0; step < steps; step++) progress.step();
  return lines;
};

it("a progress bar grows with each step, and ends its line with the last", () => {
  expect(written(7, 7, true)).toEqual([
    "\r[####..........................] 1/7",
    "\r[#########.....................] 2/7",
    "\r[#############.................] 3/7",
    "\r[#################.............] 4/7",
    "\r[#####################.........] 5/7",
    "\r[##########################....] 6/7",
    "\r[##############################] 7/7\n",
  ]);
});

it.each([
  ["for six steps", 6, true, 1],
  ["not for five", 5, true, 0],
  ["not where nobody watches", 6, false, 0],
])("a progress bar is drawn %s", (_, total, isTTY, count) => {
  expect(written(total, 1, isTTY)).toHaveLength(count);
});
