import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const ROLES = ["write", "publish", "withdraw", "owner"] as const;

type Do = (office: Office, token: string) => Promise<Response>;

const put =
  (slug: string, front: Readonly<Record<string, unknown>>, text = "Text."): Do =>
  ({ api }, token) =>
    api("PUT", `/api/items/${slug}`, { token, body: story(slug, front, text) });

const WITHDRAWN = { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } };

// What each operation answers to each role.
const matrix: readonly (readonly [name: string, act: Do, statuses: readonly [number, number, number, number]])[] = [
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
  ["changes a published story", put("live", {}, "Changed."), [403, 200, 200, 200]],
  ["takes a story back into draft", put("live", { draft: true }), [403, 200, 200, 200]],
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
  ["lists editors", ({ api }, token) => api("GET", "/api/editors", { token }), [403, 403, 403, 200]],
  [
    "adds an editor",
    ({ api }, token) => api("PUT", "/api/editors/new", { token, body: '{"role":"write"}' }),
    [403, 403, 403, 201],
  ],
  ["revokes an editor", ({ api }, token) => api("DELETE", "/api/editors/other", { token }), [403, 403, 403, 204]],
];

let office: Office;
const tokens = new Map<string, string>();

const hire = async (name: string, role: string): Promise<string> => {
  const response = await office.api("PUT", `/api/editors/${name}`, { body: JSON.stringify({ role }) });
  expect(response.status).toBe(201);
  const { token }: { token: string } = await response.json();
  return token;
};

beforeEach(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
  await office.put("live", story("live"));
  await office.api("PUT", "/api/media/old.gif", { body: GIF });
  await office.put("draft", story("draft", { draft: true }));
  await office.put("gone", story("gone", WITHDRAWN));
  for (const role of ROLES) tokens.set(role, await hire(`${role}-desk`, role));
  await hire("other", "write");
});

describe("the roles", () => {
  it.each(
    matrix.flatMap(([name, act, statuses]) => ROLES.map((role, index) => [role, name, statuses[index], act] as const)),
  )("%s %s: %i", async (role, _, status, act) => {
    expect((await act(office, tokens.get(role) ?? "")).status).toBe(status);
  });

  it("are worth nothing once they are revoked, from the next request on", async () => {
    const token = tokens.get("publish") ?? "";
    expect((await office.api("GET", "/api/items", { token })).status).toBe(200);
    expect((await office.api("DELETE", "/api/editors/publish-desk")).status).toBe(204);
    expect((await office.api("GET", "/api/items", { token })).status).toBe(401);
    expect((await office.api("PUT", "/api/items/x", { token, body: story("x") })).status).toBe(401);
  });

  it("leave a trace of every deed, and no token anywhere", async () => {
    await put("live", {}, "Changed.")(office, tokens.get("publish") ?? "");
    await office.api("DELETE", "/api/items/live?reason=x", { token: tokens.get("withdraw") ?? "" });
    const text = await (await office.api("GET", "/api/log")).text();
    const { entries }: { entries: readonly { editor: string; action: string; subject: string; changes: unknown }[] } =
      JSON.parse(text);
    expect(entries.slice(0, 2)).toMatchObject([
      { editor: "withdraw-desk", action: "withdraw", subject: "live", changes: expect.arrayContaining(["withdrawn"]) },
      { editor: "publish-desk", action: "put", subject: "live", changes: ["html", "summary"] },
    ]);
    for (const token of tokens.values()) expect(text).not.toContain(token);
    const { results } = await office.database.prepare("SELECT * FROM editors").all();
    for (const token of tokens.values()) expect(JSON.stringify(results)).not.toContain(token);
  });
});
