import { afterEach, describe, expect, it, vi } from "vitest";
import { CommandError } from "../../../src/cli/command.ts";
import { createNewsroomClient, readJson } from "../../../src/cli/newsroom/newsroom-client.ts";
import { refusal } from "./fake-newsroom.ts";
import { type NewsroomServer, type ServerAnswer, serveNewsroom } from "./newsroom-server.ts";

const TOKEN = "a-token-of-at-least-32-characters";

const open = ({ url }: NewsroomServer) => {
  const waited: number[] = [];
  const client = createNewsroomClient(url, TOKEN, async (milliseconds) => void waited.push(milliseconds));
  return { client, waited };
};

const json = (value: unknown): Response => Response.json(value);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the address of a newsroom", () => {
  it.each([undefined, "", "example.org", "//example.org", "ftp://example.org", "https://", "http://["])(
    "is refused if it is none: %s",
    (address) => {
      expect(() => createNewsroomClient(address, TOKEN)).toThrow(CommandError);
    },
  );

  it.each(["http://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org", "http://10.0.0.1"])(
    "is refused where others could read the token on its way: %s",
    (address) => {
      expect(() => createNewsroomClient(address, TOKEN)).toThrow(`Send your token by https only, not to ${address}.`);
    },
  );

  it.each(["https://example.org", "http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787"])(
    "is taken: %s",
    (address) => {
      expect(() => createNewsroomClient(address, TOKEN)).not.toThrow();
    },
  );

  it("is of no use without a token, which the environment has", async () => {
    vi.stubEnv("PUBLISH_TOKEN", "");
    expect(() => createNewsroomClient("https://example.org")).toThrow(/^Set PUBLISH_TOKEN/);
    vi.stubEnv("PUBLISH_TOKEN", TOKEN);
    await using server = await serveNewsroom(() => json({}));
    await createNewsroomClient(server.url).request("GET", "/api/items");
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });
});

describe("a request", () => {
  it("has the token, its body and its headers, and is sent below the address of the site, without its query string", async () => {
    await using server = await serveNewsroom(() => json({ ok: true }));
    const client = createNewsroomClient(`${server.url}/some/path/?x=1`, TOKEN);
    const body = new TextEncoder().encode("Text.");
    const response = await client.request("PUT", "/api/items/x?y=1", body, { "if-match": '"1"' });
    expect(await readJson(response)).toEqual({ ok: true });
    expect(server.requests).toMatchObject([
      { method: "PUT", path: "/some/path/api/items/x?y=1", body: "Text.", headers: { "if-match": '"1"' } },
    ]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each([429, 502, 503])("is sent again after %i, with the same Idempotency-Key", async (status) => {
    await using server = await serveNewsroom((_, count) => (count < 2 ? refusal(status, "Busy.") : json({})));
    const { client, waited } = open(server);
    expect((await client.request("PUT", "/api/items/x")).status).toBe(200);
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^[\w-]{20,}$/);
    expect(new Set(keys).size).toBe(1);
    expect(waited).toEqual([500, 1000]);
  });

  it.each(["PUT", "POST", "DELETE"])("of a %s has an Idempotency-Key of its own", async (method) => {
    await using server = await serveNewsroom(() => json({}));
    const { client } = open(server);
    for (let count = 0; count < 2; count++) await client.request(method, "/api/items/x");
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toBeDefined();
    expect(keys[0]).not.toBe(keys[1]);
  });

  it("that only reads has none", async () => {
    await using server = await serveNewsroom(() => json({}));
    await open(server).client.request("GET", "/api/items/x");
    expect(server.requests[0]?.headers).not.toHaveProperty("idempotency-key");
  });

  it.each([400, 401, 403, 404, 409, 412, 422, 428, 500])("is sent once if the answer is %i", async (status) => {
    await using server = await serveNewsroom(() => refusal(status, "No."));
    expect((await open(server).client.request("PUT", "/api/items/x")).status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it("is given up after five tries, and the last answer is that of the newsroom", async () => {
    await using server = await serveNewsroom(() => refusal(503, "The database is down."));
    const { client, waited } = open(server);
    const response = await client.request("GET", "/api/items");
    expect([response.status, await readJson(response)]).toMatchObject([503, { detail: "The database is down." }]);
    expect(server.requests).toHaveLength(5);
    expect(waited).toEqual([500, 1000, 2000, 4000]);
  });

  it.each([
    ["3", 3000],
    ["60", 60_000],
    ["3600", 60_000],
    ["0", 500],
    ["soon", 500],
  ])("waits for Retry-After: %s", async (text, milliseconds) => {
    await using server = await serveNewsroom((_, count) =>
      count === 0 ? new Response("", { status: 429, headers: { "retry-after": text } }) : json({}),
    );
    const { client, waited } = open(server);
    await client.request("GET", "/api/items");
    expect(waited).toEqual([milliseconds]);
  });

  it.each<ServerAnswer>(["break off", "break off within"])(
    "is sent again if the server does this: %s",
    async (answer) => {
      await using server = await serveNewsroom((_, count) => (count < 4 ? answer : json({ items: [] })));
      expect(await open(server).client.listStories()).toEqual([]);
      expect(server.requests).toHaveLength(5);
    },
  );

  it.each<ServerAnswer>(["break off", "break off within"])(
    "says so if the server only does this: %s",
    async (answer) => {
      await using server = await serveNewsroom(() => answer);
      await expect(open(server).client.listStories()).rejects.toThrow(
        new RegExp(`^${server.url} does not answer: .+\\. Is it running\\?$`),
      );
      expect(server.requests).toHaveLength(5);
    },
  );

  it.each([301, 302, 303, 307, 308])("that is redirected (%i) does not take the token elsewhere", async (status) => {
    await using other = await serveNewsroom(() => json({ items: [] }));
    await using server = await serveNewsroom(
      () => new Response(null, { status, headers: { location: `${other.url}/api/items` } }),
    );
    await expect(open(server).client.listStories()).rejects.toThrow(
      new CommandError(
        `${server.url} redirects to ${other.url}. If that is your site, name it: --to (export: --from).`,
      ),
    );
    expect([server.requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it("may have an answer without a body", async () => {
    await using server = await serveNewsroom(() => new Response(null, { status: 204, headers: { etag: '"1"' } }));
    const { status, headers } = await open(server).client.request("DELETE", "/api/editors/ann");
    expect([status, headers.get("etag")]).toEqual([204, '"1"']);
  });
});

describe("a list", () => {
  const lists = [
    ["listStories", "/api/items", "items"],
    ["listMedia", "/api/media", "media"],
    ["listTopics", "/api/subscriptions", "topics"],
  ] as const;

  it.each(lists)("%s is read to its last page", async (method, path, name) => {
    await using server = await serveNewsroom((_, count) =>
      json({
        [name]: [{ number: 2 * count }, { number: 2 * count + 1 }],
        next: count < 2 ? `${path}?after=${count}` : null,
      }),
    );
    expect(await open(server).client[method]()).toEqual([0, 1, 2, 3, 4, 5].map((number) => ({ number })));
    expect(server.requests.map((request) => `${request.method} ${request.path}`)).toEqual([
      ...[`GET ${path}`, `GET ${path}?after=0`, `GET ${path}?after=1`],
    ]);
  });

  it.each(lists)("%s fails if a later page is refused: half a list is none", async (method, path, name) => {
    await using server = await serveNewsroom((_, count) =>
      count === 0 ? json({ [name]: [{}], next: `${path}?after=1` }) : refusal(401, "Send your token."),
    );
    await expect(open(server).client[method]()).rejects.toThrow(
      new CommandError(`${server.url}${path}: 401 Send your token.`),
    );
  });

  it.each([
    ["a path of the origin", "/news/api/items?after=1"],
    ["a whole address", "ORIGIN/news/api/items?after=1"],
    ["a query alone", "?after=1"],
  ])("of a site below a path goes on at `next`, which is %s", async (_, next) => {
    await using server = await serveNewsroom((__, count) =>
      json({ items: [count], next: count === 0 ? next.replace("ORIGIN", server.url) : null }),
    );
    expect(await createNewsroomClient(`${server.url}/news/`, TOKEN).listStories()).toEqual([0, 1]);
    expect(server.requests.map(({ path }) => path)).toEqual(["/news/api/items", "/news/api/items?after=1"]);
  });

  it.each(["https://other.example/api/items", "//other.example/news/api/items", "/api/items?after=1", "http://["])(
    "does not go on at %s, which is not on the site: the token is for that only",
    async (next) => {
      await using server = await serveNewsroom(() => json({ items: [], next }));
      const client = createNewsroomClient(`${server.url}/news`, TOKEN);
      await expect(client.listStories()).rejects.toThrow(`The list of ${server.url}/news goes on at `);
      expect(server.requests).toHaveLength(1);
    },
  );

  it("fails if the answer is no JSON, with the beginning of it", async () => {
    await using server = await serveNewsroom(() => new Response(`<title>Log in${"x".repeat(500)}`, { status: 403 }));
    await expect(open(server).client.listStories()).rejects.toThrow(/: 403 <title>Log inx{187}$/);
  });

  it("fails if the answer is JSON, but no list", async () => {
    await using server = await serveNewsroom(() => json("?"));
    await expect(open(server).client.listMedia()).rejects.toThrow("the newsroom gave no reason");
  });
});
