import { expect, it } from "vitest";
import { ownVersion } from "../../../src/cli/init/own-version.ts";

it.each([
  ["a registry", "https://registry.npmjs.org/feedwright/-/feedwright-0.2.0.tgz", "0.2.0"],
  ["a registry below a path", "https://npm.example/npm/feedwright/-/feedwright-0.2.0.tgz", "0.2.0"],
  ["where npm does not say, as with omit-lockfile-registry-resolved", undefined, "0.2.0"],
  [
    "a release",
    "https://git.example/feedwright/releases/download/v0.2.0/feedwright-0.2.0.tgz",
    "https://git.example/feedwright/releases/download/v0.2.0/feedwright-0.2.0.tgz",
  ],
])("what was installed from %s is pinned so that npm finds it again", (_, resolved, pinned) => {
  expect(ownVersion("0.2.0", resolved)).toBe(pinned);
});
