import { describe, expect, it } from "vitest";
import { requireNode } from "../../../src/cli/wrangler/run-wrangler.ts";

describe("a command that runs wrangler", () => {
  it.each(["22.12.0", "22.13.1", "23.0.0", "26.10.0"])("runs on Node %s", (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(["20.20.2", "21.99.0", "22.11.9"])("says what it needs on Node %s", (version) => {
    expect(() => requireNode(version)).toThrow(`This command needs Node 22.12 or later, and this is ${version}.`);
  });
});
