import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

const require = createRequire(import.meta.url);

/** The installed version of a package. Reads the file, because few packages export their package.json. */
const versionOf = (name: string): string => {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const { version }: { version: string } = require(`${folder}/${name}/package.json`);
      return version;
    } catch {}
  }
  return "unknown";
};

const commit = (): string => {
  try {
    const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8", stdio: "pipe" }).trim();
    return (
      git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "src") === "" ? "" : " with changes in src")
    );
  } catch {
    return "unknown";
  }
};

/** Share of the machine that other programs use; above a quarter or so, numbers vary. */
export const loadShare = (): number => (loadavg()[0] ?? 0) / availableParallelism();

/** What the numbers depend on, as a Markdown list. */
export const describeMachine = (): string =>
  [
    ["date", new Date().toISOString().slice(0, 10)],
    ["commit", commit()],
    ["CPU", `${cpus()[0]?.model.trim() ?? "unknown"}, ${availableParallelism()} cores`],
    ["memory", `${(totalmem() / 1e9).toFixed(1)} GB`],
    ["system", `${type()} ${release()} ${arch()}`],
    ["node", process.version],
    ...["workerd", "feed", "feedsmith", "rss", "itty-router"].map((name) => [name, versionOf(name)]),
    ["load before the start", `${(loadShare() * 100).toFixed(0)} % of the machine`],
  ]
    .map(([name, value]) => `- ${name}: ${value}`)
    .join("\n");
