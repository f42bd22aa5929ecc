import { expect, it } from "vitest";
import { openBundledContent } from "../../src/app/content-source.ts";
import { ASSETS, dependenciesOf } from "./support/dependencies.ts";

it("the stories of content/ come with the files of ASSETS, and without an API", async () => {
  const dependencies = await dependenciesOf({}, {});
  expect(openBundledContent(dependencies)).toEqual({ store: dependencies.bundled, assets: ASSETS });
});

it("the reading worker does not start with the newsroom's variables, and says what to change", async () => {
  const dependencies = await dependenciesOf({}, { STORE: "d1" });
  expect(() => openBundledContent(dependencies)).toThrow(/main = "src\/newsroom-worker\.ts" under \[env\.newsroom\]/);
});
