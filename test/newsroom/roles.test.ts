import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const ROLES = ["write", "publish", "withdraw", "owner"] as const;

type Operation = (newsroom: NewsroomWorker, token: string) => Promise<Response>;

const put =
  (slug: string, front: Readonly<Record<string, unknown>>, text = "Text."): Operation =>
  ({ api }, token) =>
    api("PUT", `/api/items/${slug}`, { token, body: story(slug, front, text) });

const LIVE = { id: "tag:courier.example,2026:live" };
const SOON = { published: "2026-04-01T00:00:00Z" };
const WITHDRAWN = { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } };

// The status of each operation for each role.
const matrix: readonly (readonly [
  name: string,
  run: Operation,
  statuses: readonly [number, number, number, number],
])[] = [
  ["reads a story", ({ api }, token) => api("GET", "/api/items/live", { token }), [200, 200, 200, 200]],
  ["lists stories", ({ api }, token) => api("GET", "/api/items", { token }), [200, 200, 200, 200]],
  ["reads the log", ({ api }, token) => api("GET", "/api/log", { token }), [200, 200, 200, 200]],
  ["writes a draft", put("new", { draft: true }), [201, 201, 201, 201]],
  ["changes a draft", put("draft", { draft: true }, "Changed."), [200, 200, 200, 200]],
  ["uploads a picture", ({ api }, token) => api("PUT", "/api/media/x.gif", { token, body: GIF }), [201, 201, 201, 201]],
  [
    "replaces a picture",
    ({ api }, token) => api("PUT", "/api/media/old.gif", { token, body: GIF }),
    [403, 200, 200, 200],
  ],
  ["deletes a picture", ({ api }, token) => api("DELETE", "/api/media/old.gif", { token }), [403, 204, 204, 204]],
  ["publishes a new story", put("new", {}), [403, 201, 201, 201]],
  ["publishes a draft", put("draft", {}), [403, 200, 200, 200]],
  ["schedules a story", put("new", { published: "2027-01-01T00:00:00Z" }), [403, 201, 201, 201]],
  ["changes a published story", put("live", { aliases: ["once"] }, "Changed."), [403, 200, 200, 200]],
  ["takes a story back into draft", put("live", { draft: true }), [403, 403, 200, 200]],
  ["postpones a story", put("live", { published: "2027-01-01T00:00:00Z" }), [403, 403, 200, 200]],
  ["lets a story expire at once", put("live", { expires: "2026-02-01T00:00:00Z" }), [403, 403, 200, 200]],
  ["lets a story expire one day", put("live", { expires: "2027-01-01T00:00:00Z" }), [403, 403, 200, 200]],
  ["renames a story", put("new", { ...LIVE, aliases: ["live", "once"] }), [403, 200, 200, 200]],
  ["renames a story and drops an alias", put("new", { ...LIVE, aliases: ["live"] }), [403, 403, 200, 200]],
  ["changes a scheduled story", put("soon", { ...SOON, title: "Other" }), [403, 200, 200, 200]],
  ["makes a scheduled story a draft", put("soon", { draft: true }), [403, 200, 200, 200]],
  ["publishes an expired story again", put("expired", {}), [403, 200, 200, 200]],
  ["withdraws a story", ({ api }, token) => api("DELETE", "/api/items/live?reason=x", { token }), [403, 403, 200, 200]],
  ["withdraws by front matter", put("live", WITHDRAWN), [403, 403, 200, 200]],
  [
    "rewrites the reason of a withdrawal",
    put("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Other." } }),
    [403, 403, 200, 200],
  ],
  ["hides a withdrawn story as a draft", put("gone", { ...WITHDRAWN, draft: true }), [403, 403, 200, 200]],
  ["brings a withdrawn story back", put("gone", {}), [403, 403, 200, 200]],
  ["erases a story", ({ api }, token) => api("DELETE", "/api/items/live?purge=true", { token }), [403, 403, 403, 204]],
  ["ends previews", ({ api }, token) => api("DELETE", "/api/previews", { token }), [403, 403, 403, 204]],
  ["lists editors", ({ api }, token) => api("GET", "/api/editors", { token }), [403, 403, 403, 200]],
  [
    "adds an editor",
    ({ api }, token) => api("PUT", "/api/editors/new", { token, body: '{"role":"write"}' }),
    [403, 403, 403, 201],
  ],
  ["revokes an editor", ({ api }, token) => api("DELETE", "/api/editors/other", { token }), [403, 403, 403, 204]],
];

let newsroom: NewsroomWorker;

/** Whether no operation was accepted yet. Those that are refused must leave all as it was for the next. */
let isUntouched = false;
const tokens = new Map<string, string>();

const addEditor = async (name: string, role: string): Promise<string> => {
  const response = await newsroom.api("PUT", `/api/editors/${name}`, { body: JSON.stringify({ role }) });
  expect(response.status).toBe(201);
  const { token }: { token: string } = await response.json();
  return token;
};

beforeEach(async () => {
  if (isUntouched) return;
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  await newsroom.put("live", story("live", { aliases: ["once"] }));
  await newsroom.put("soon", story("soon", SOON));
  await newsroom.put("expired", story("expired", { expires: "2026-02-01T00:00:00Z" }));
  await newsroom.api("PUT", "/api/media/old.gif", { body: GIF });
  await newsroom.put("draft", story("draft", { draft: true }));
  await newsroom.put("gone", story("gone", WITHDRAWN));
  for (const role of ROLES) tokens.set(role, await addEditor(`${role}-editor`, role));
  await addEditor("other", "write");
  isUntouched = true;
});

/** All operations by each role, those that are refused first. */
const trials = matrix
  .flatMap(([name, run, statuses]) => ROLES.map((role, index) => [role, name, statuses[index], run] as const))
  .toSorted(([, , a = 0], [, , b = 0]) => b - a);

describe("the roles", () => {
  it.each(trials)("%s %s: %i", async (role, _, status, run) => {
    isUntouched = status === 403;
    expect((await run(newsroom, tokens.get(role) ?? "")).status).toBe(status);
  });

  it("end with the token: it is refused from the next request after it was revoked", async () => {
    isUntouched = false;
    const token = tokens.get("publish") ?? "";
    expect((await newsroom.api("GET", "/api/items", { token })).status).toBe(200);
    expect((await newsroom.api("DELETE", "/api/editors/publish-editor")).status).toBe(204);
    expect((await newsroom.api("GET", "/api/items", { token })).status).toBe(401);
    expect((await newsroom.api("PUT", "/api/items/x", { token, body: story("x") })).status).toBe(401);
  });

  it("are used under the editor's name in the audit log, and no token is stored", async () => {
    await put("live", { aliases: ["once"] }, "Changed.")(newsroom, tokens.get("publish") ?? "");
    await newsroom.api("DELETE", "/api/items/live?reason=x", { token: tokens.get("withdraw") ?? "" });
    const text = await (await newsroom.api("GET", "/api/log")).text();
    const { entries }: { entries: readonly { editor: string; action: string; subject: string; changes: unknown }[] } =
      JSON.parse(text);
    expect(entries.slice(0, 2)).toMatchObject([
      {
        editor: "withdraw-editor",
        action: "withdraw",
        subject: "live",
        changes: expect.arrayContaining(["withdrawn"]),
      },
      { editor: "publish-editor", action: "put", subject: "live", changes: ["html", "summary"] },
    ]);
    for (const token of tokens.values()) expect(text).not.toContain(token);
    const { results } = await newsroom.database.prepare("SELECT * FROM editors").all();
    for (const token of tokens.values()) expect(JSON.stringify(results)).not.toContain(token);
  });
});
