import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { cloudflare } from "../package.json";
import { bindingNames } from "./support/binding-names.ts";

// What Cloudflare's deploy button shows of this repository to whoever presses it.

const ROOT = resolve(import.meta.dirname, "..");

const config = resolve(ROOT, "wrangler.toml");
const names = [...bindingNames(readConfig({ config })), ...bindingNames(readConfig({ config, env: "newsroom" }))];

describe("package.json", () => {
  it("tells in a sentence what each binding, variable and secret is for, and nothing of others", () => {
    expect(names.length).toBeGreaterThan(25);
    expect(Object.keys(cloudflare.bindings).toSorted()).toEqual([...new Set([...names, "PUBLISH_TOKEN"])].toSorted());
    const descriptions = Object.values(cloudflare.bindings).map(({ description }) => description);
    expect(descriptions.filter((text) => !/^[A-Z`].*\.$/.test(text))).toEqual([]);
  });
});

describe(".dev.vars.example", () => {
  it("demands no secret: the worker of content/ needs none", () => {
    const text = readFileSync(resolve(ROOT, ".dev.vars.example"), "utf8");
    expect(parseEnv(text)).toEqual({});
    expect(text).toMatch(/^# PUBLISH_TOKEN=$/m);
  });
});
