import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { draftsSettings } from "../../../../src/cli/wrangler/settings/drafts-settings.ts";
import { parseSettings, type Settings } from "../../../../src/cli/wrangler/settings/parse-settings.ts";

const parse = (text: string): Settings => {
  const parsed = parseSettings(text);
  if ("fault" in parsed) throw new Error(parsed.fault.reason);
  return parsed.settings;
};

const draftsOf = (text: string): Settings => draftsSettings(parse(text), "/site", "/site/.wrangler/drafts");

describe("the settings for serving drafts", () => {
  it("are those of the folder, with what was built apart", () => {
    const own = readFileSync("wrangler.toml", "utf8");
    const { env: _, main, alias, build, assets, dev, account_id, ...others } = draftsOf(own);
    const { env: __, main: ___, alias: ____, build: _____, assets: ______, ...same } = parse(own);
    expect(others).toEqual(same);
    expect(main).toBe("/site/src/worker.ts");
    expect(alias).toMatchObject({
      "../build/publication.txt": "/site/.wrangler/drafts/publication.txt",
      "./build/publication.txt": "/site/.wrangler/drafts/publication.txt",
      debug: "/site/src/lib/replacements/debug.ts",
    });
    expect(build).toEqual({
      command: "npm run --silent build",
      cwd: "/site",
      watch_dir: ["../../content", "../../src"],
    });
    expect(assets).toMatchObject({ directory: "/site/.wrangler/drafts/assets", run_worker_first: true });
    expect(dev).toEqual({ ip: "127.0.0.1", inspector_ip: "127.0.0.1" });
    expect(account_id).toBe("drafts-are-never-deployed");
  });

  it("listen to this machine only, and are of no account, whatever the folder's say", () => {
    const settings = draftsOf(
      'account_id = "mine"\nmain = "worker.ts"\n[dev]\nip = "0.0.0.0"\ninspector_ip = "0.0.0.0"\nlocal_protocol = "https"\n[alias]\nx = "y"\n',
    );
    expect(settings.dev).toEqual({ ip: "127.0.0.1", inspector_ip: "127.0.0.1", local_protocol: "https" });
    expect(settings.account_id).toBe("drafts-are-never-deployed");
    expect(settings.alias).toMatchObject({ x: "y" });
  });
});
