import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { cloudflare } from "../../../package.json";
import { workerFiles } from "../../../src/cli/init/worker-files.ts";
import { optionalDependencies } from "../../../tools/node/package.json";
import { bindingNames } from "../../support/binding-names.ts";

const OWN = {
  feedwright: "1.0.0",
  wrangler: "4.0.0",
  wranglerToml: readFileSync("wrangler.toml", "utf8"),
  bindings: cloudflare.bindings,
  node: optionalDependencies,
};

/** The bindings of a wrangler.toml, in all its environments. */
const namesIn = (wranglerToml: string, environments: readonly (string | undefined)[]): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-"));
  const config = join(folder, "wrangler.toml");
  writeFileSync(config, wranglerToml);
  const names = environments.flatMap((env) => bindingNames(readConfig({ config, ...(env !== undefined && { env }) })));
  rmSync(folder, { recursive: true });
  return [...new Set(names)];
};

describe.each([
  ["without a newsroom", false, [undefined], []],
  ["with a newsroom", true, [undefined, "newsroom"], ["PUBLISH_TOKEN"]],
] as const)("a folder %s", (_, hasNewsroom, environments, secrets) => {
  const files = workerFiles("my-paper", { hasNewsroom }, OWN);

  it("tells the deploy button of each of its bindings and secrets, and of no other", () => {
    const { bindings } = JSON.parse(files["package.json"] ?? "").cloudflare;
    const names = namesIn(files["wrangler.toml"] ?? "", environments);
    expect(names).toContain("ASSETS");
    expect(Object.keys(bindings).toSorted()).toEqual([...names, "PUBLISH_TOKEN"].toSorted());
    expect(bindings.ASSETS).toEqual(cloudflare.bindings.ASSETS);
  });

  it("calls everything by its own name, in comments too, so that what they say to create is what is bound", () => {
    const text = files["wrangler.toml"] ?? "";
    expect(text).toContain("`npx wrangler queues create my-paper-deliveries` before the first deployment");
    expect(text.replaceAll("node_modules/feedwright/", "")).not.toContain("feedwright");
  });

  it("runs commands wherever npm has put them", () => {
    const { scripts } = JSON.parse(files["package.json"] ?? "");
    expect(Object.values(scripts).join("\n")).not.toContain("node_modules");
    const command = /^command = "npm run --silent (.*)"$/m.exec(files["wrangler.toml"] ?? "")?.[1] ?? "";
    expect(scripts[command]).toBe("feedwright build");
  });

  it("demands the secrets that it needs", () => {
    expect(Object.keys(parseEnv(files[".dev.vars.example"] ?? ""))).toEqual(secrets);
    expect(files[".dev.vars.example"]).toContain("PUBLISH_TOKEN=");
  });
});
