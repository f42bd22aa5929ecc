import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { story } from "../fixtures/publication.ts";
import {
  createWorkplace,
  eventually,
  freePort,
  GIVE_UP_AFTER_MS,
  type Serving,
  serve,
  untilAvailable,
  type Workplace,
} from "./workplace.ts";

// The contracts with partners as a publisher makes them, and as partners use them: in content/, and in a newsroom.

let workplace: Workplace;
let serving: Serving;

beforeAll(() => {
  workplace = createWorkplace();
  mkdirSync(join(workplace.folder, "content"), { recursive: true });
  writeFileSync(join(workplace.folder, "content/of-partners.md"), story("of-partners", { tags: ["of-partners"] }));
});

afterAll(() => {
  workplace?.remove();
});

const ownerToken = (): string => /^token: (\S+)$/m.exec(serving.output())?.[1] ?? "";

/** What a command printed, which must succeed. */
const partner = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "partner", "--", ...args], {
    ...{ cwd: workplace.folder, encoding: "utf8", timeout: GIVE_UP_AFTER_MS },
    env: { ...process.env, PUBLISH_TOKEN: ownerToken() },
  });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return stdout;
};

const tokenIn = (output: string): string => /^token: ([\w-]{43})$/m.exec(output)?.[1] ?? "";

const get = (path: string, token: string): Promise<Response> =>
  untilAvailable(() =>
    fetch(serving.url + path, { headers: { authorization: `Bearer ${token}`, connection: "close" } }),
  );

const statusOf = async (path: string, token: string): Promise<number> => {
  const response = await get(path, token);
  await response.body?.cancel();
  return response.status;
};

/** Waits until a request is answered so. */
const untilStatus = (path: string, token: string, status: number): Promise<true> =>
  eventually(async () => ((await statusOf(path, token)) === status ? true : undefined));

describe.each([
  ["content/", "start", []],
  ["a newsroom", "start:newsroom", ["--to"]],
] as const)("npm run partner, with contracts in %s", (_, command, option) => {
  let to: readonly string[];

  beforeAll(async () => {
    const port = await freePort();
    serving = await serve(workplace, `npm run ${command} -- --port ${port}`, port);
    to = option.flatMap((name) => [name, serving.url]);
    if (to.length === 0) return;
    const headers = { authorization: `Bearer ${ownerToken()}`, "content-type": "text/markdown", connection: "close" };
    const body = story("of-partners", { tags: ["of-partners"] });
    const url = `${serving.url}/api/items/of-partners`;
    expect((await untilAvailable(() => fetch(url, { method: "PUT", headers, body }))).status).toBe(201);
  });

  afterAll(async () => {
    await serving?.stop();
  });

  it("adds, rotates, disables, enables and revokes a contract, whose feed opens and closes so", async () => {
    expect(await statusOf("/partners/acme/feed.json", "")).toBe(404);
    const first = tokenIn(partner("add", "acme", "--format", "json", ...to));
    await untilStatus("/partners/acme/feed.json", first, 200);
    expect(await (await get("/partners/acme/feed.json", first)).text()).toContain("Text of of-partners.");
    expect(await statusOf("/partners/acme/feed.json", "")).toBe(401);
    const second = tokenIn(partner("rotate", "acme", ...to));
    await untilStatus("/partners/acme/feed.json", second, 200);
    expect(await statusOf("/partners/acme/feed.json", first)).toBe(200);
    expect(partner("list", ...to)).toBe("acme: enabled; json\n");
    const shown = partner("show", "acme", ...to);
    expect(shown).toContain("until: ");
    for (const token of [first, second]) expect(shown).not.toContain(token);
    partner("disable", "acme", ...to);
    await untilStatus("/partners/acme", second, 403);
    partner("enable", "acme", ...to);
    await untilStatus("/partners/acme", second, 200);
    partner("add", "other", "--format", "rss", ...to);
    partner("revoke", "acme", ...to);
    await untilStatus("/partners/acme/feed.json", second, 401);
    expect(serving.output()).not.toContain(first);
  });
});
