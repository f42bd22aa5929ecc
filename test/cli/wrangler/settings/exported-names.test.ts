import { expect, it } from "vitest";
import { mayExport } from "../../../../src/cli/wrangler/settings/exported-names.ts";

it.each([
  ["export const { Hub, Usage } = worker;", true],
  ["export const {\n  Hub,\n  Usage: Usage,\n} = worker;", true],
  ["export { Usage };", true],
  ['export { Sum as Usage } from "https://x.example/y.js";', true],
  ["export{a as Usage,b as Hub};", true],
  ["export class Usage extends worker.Usage {}", true],
  ["export const Usage = worker.Usage;", true],
  ["export let Usage: Class = x;", true],
  ['export * from "./other.ts";', true],
  ["export const { Hub } = worker;", false],
  ["export const { Hub } = worker;\nconst { Usage } = worker;", false],
  ["// export const { Usage } = worker;", false],
  ["/* export const { Usage } = worker; */ export const { Hub } = worker;", false],
  ["export const { UsageOf } = worker;", false],
  ["", false],
])("%j may export Usage: %j", (source, expected) => {
  expect(mayExport(source, "Usage")).toBe(expected);
});

it("a name that is none can't be told", () => {
  expect(mayExport("", "Us(age")).toBe(true);
});
