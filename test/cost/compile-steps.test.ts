import { Session } from "node:inspector/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HARD_UNITS, hardTexts, prose, randomUnit } from "../../bench/input/hard-markdown.ts";
import { randomFrom } from "../../bench/input/random.ts";
import { compile } from "../../src/content/compile.ts";
import { CONTEXT, storyOf } from "../content/support.ts";

// What V8 counts for coverage: how often each block of code ran. Unlike time, it is the same on every machine.
const session = new Session();

beforeAll(async () => {
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
});

afterAll(async () => {
  await session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
});

const countSteps = async (run: () => void): Promise<number> => {
  await session.post("Profiler.takePreciseCoverage");
  run();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  let steps = 0;
  for (const { functions } of result) {
    for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  }
  return steps;
};

const compileSteps = (text: string): Promise<number> =>
  countSteps(() => void compile("hello.md", storyOf(text), CONTEXT));

const random = randomFrom(13);
const RANDOM_UNITS = Array.from({ length: 5 }, () => randomUnit(random));

/** One text of every third unit, of another shape each time: all of them would take minutes (`npm run bench -- compiling`). */
const TEXTS = [...HARD_UNITS, ...RANDOM_UNITS].flatMap((unit, index) => {
  const texts = hardTexts(unit);
  const shape = Math.floor(index / 3) % texts.length;
  return index % 3 === 0 ? texts.slice(shape, shape + 1) : [];
});

describe("compiling", () => {
  it("takes at most three times as many steps for any text as for 400 kB of prose", async () => {
    const steps = await compileSteps(prose(100_000));
    expect(await compileSteps(prose(200_000))).toBeGreaterThan(1.5 * steps);
    const most = 3 * 4 * steps;
    const tooMany: unknown[] = [];
    for (const { unit, text } of TEXTS) {
      const times = (await compileSteps(text)) / most;
      if (times > 1) tooMany.push({ unit, length: text.length, times });
    }
    expect(tooMany).toEqual([]);
  });
});
