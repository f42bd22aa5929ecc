import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/lib/sha256.ts";
import { GIF, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const WEEK = 7 * 86_400_000;

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  await newsroom.api("PUT", "/api/media/x.gif", { body: GIF });
});

const hidden = { published: "2026-04-01T00:00:00Z", image: { src: "media/x.gif", alt: "" } };

const previewPathOf = async (slug: string, front: Readonly<Record<string, unknown>>): Promise<string> => {
  const { preview }: { preview: string } = await (await newsroom.put(slug, story(slug, front))).json();
  expect(preview).toContain(`${ORIGIN}/preview/${slug}/`);
  return preview.slice(ORIGIN.length);
};

describe("a preview link", () => {
  it.each([
    ["scheduled", hidden, "Scheduled for April 1, 2026, 12:00 AM"],
    ["a draft", { ...hidden, draft: true }, "Draft: not published"],
  ])("shows a story that is %s, with its picture and a banner that says so", async (_, front, banner) => {
    const path = await previewPathOf("soon", front);
    const page = await newsroom.fetch(path);
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toEqual({
      "cache-control": "private, no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "content-type": "text/html; charset=utf-8",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex, nofollow",
    });
    const text = await page.text();
    expect(text).toContain("Text of soon.");
    expect(text).toContain(`<p class="draft-banner"><strong>${banner}</strong></p>`);
    const [picture = ""] = /https:[^"]*\/media\/x\.gif/.exec(text) ?? [];
    expect(picture).toBe(`${ORIGIN}${path}/media/x.gif`);
    const shown = await newsroom.fetch(picture.slice(ORIGIN.length));
    expect(await shown.bytes()).toEqual(GIF);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect((await newsroom.fetch("/media/x.gif")).status).toBe(404);
    expect((await newsroom.fetch("/articles/soon")).status).toBe(404);
  });

  it("expires after a week", async () => {
    const path = await previewPathOf("soon", { ...hidden, draft: true });
    newsroom.clock.now = NOW + WEEK - 1000;
    expect((await newsroom.fetch(path)).status).toBe(200);
    newsroom.clock.now = NOW + WEEK;
    expect((await newsroom.fetch(path)).status).toBe(404);
    expect((await newsroom.fetch(`${path}/media/x.gif`)).status).toBe(404);
  });

  it("is valid for nothing else, and not after the story is erased", async () => {
    const path = await previewPathOf("soon", hidden);
    const [, , , until = "", signature = ""] = path.split("/");
    const [keyId, digest, mac = ""] = signature.split(".");
    const otherDigest = (await previewPathOf("other", { draft: true })).split(".")[1];
    expect(otherDigest).not.toBe(digest);
    for (const forged of [
      `/preview/soon/${until}/${keyId}.${otherDigest}.${mac}`,
      `/preview/other/${until}/${keyId}.${otherDigest}.${mac}`,
      `/preview/soon/${until}/${keyId?.slice(1)}.${digest}.${mac}`,
      `/preview/soon/${until}/${keyId}.${digest}.`,
      `/preview/soon/${until}/${keyId}.${digest}`,
      `/preview/soon/${until}/${keyId}`,
      `/preview/soon/${until}/${digest}.${mac}`,
      `/preview/soon/${until}/${signature}.${mac}`,
      `/preview/soon/${until}/..`,
      `/preview/soon/999999999999999/${signature}`,
      `/preview/soon/-1/${signature}`,
      `/preview/soon/1e20/${signature}`,
      `/preview/other/${until}/${signature}`,
      `/preview/soon/${Number(until) + 1000}/${signature}`,
      `/preview/soon/${until}/${signature.slice(0, -1)}`,
      `/preview/soon/${until}/${signature}x`,
      `/preview/soon/${until}/x`,
      `/preview/soon/x/${signature}`,
      `/preview/none/${until}/${signature}`,
      `${path}/media/none.gif`,
      `${path}/media/..%2Fx.gif`,
    ]) {
      expect({ forged, status: (await newsroom.fetch(forged)).status }).toEqual({ forged, status: 404 });
    }
    await newsroom.api("DELETE", "/api/items/soon?purge=true");
    expect((await newsroom.fetch(path)).status).toBe(404);
  });

  it("is not valid after the story expires", async () => {
    const path = await previewPathOf("soon", { published: "2026-03-02T00:00:00Z", expires: "2026-03-03T00:00:00Z" });
    newsroom.clock.now = instant("2026-03-03T00:00:00Z");
    expect((await newsroom.fetch(path)).status).toBe(404);
  });

  it("is not valid again if the story is withdrawn and then made a draft", async () => {
    const withdrawn = { at: "2026-03-01T12:00:00Z", reason: "Wrong." };
    const answer = await newsroom.put("x", story("x", { draft: true }));
    const { preview }: { preview: string } = await answer.json();
    const path = new URL(preview).pathname;
    expect((await newsroom.fetch(path)).status).toBe(200);
    await newsroom.put("x", story("x", { withdrawn }));
    expect((await newsroom.fetch(path)).status).toBe(404);
    const hidden: object = await (await newsroom.put("x", story("x", { withdrawn, draft: true }))).json();
    expect((await newsroom.fetch(path)).status).toBe(404);
    expect(hidden).not.toHaveProperty("preview");
  });

  it("is not valid with another owner's token", async () => {
    const path = await previewPathOf("soon", hidden);
    const other = await openNewsroomWorker({
      now: NOW,
      database: newsroom.database,
      bindings: { PUBLISH_TOKEN: `another-${OWNER}` },
    });
    expect((await other.fetch(path)).status).toBe(404);
  });

  it("is not given for a story that readers can see", async () => {
    expect(await (await newsroom.put("seen", story("seen"))).json()).not.toHaveProperty("preview");
  });

  it("is not valid for another story that gets the slug later", async () => {
    const path = await previewPathOf("soon", hidden);
    await newsroom.api("DELETE", "/api/items/soon?purge=true");
    await newsroom.put("soon", story("soon", { draft: true, id: "tag:courier.example,2026:another" }));
    expect((await newsroom.fetch(path)).status).toBe(404);
  });

  it("looks for no story unless it is valid: what does not exist takes as many queries as what is hidden", async () => {
    const path = await previewPathOf("soon", hidden);
    const [, , , until = "", signature = ""] = path.split("/");
    let queries: string[] = [];
    const database = new Proxy(newsroom.database, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...values: readonly unknown[]) => {
          const session: unknown = Reflect.apply(value, target, values);
          if (key === "prepare") queries.push(String(values[0]));
          return session;
        };
      },
    });
    const counted = await openNewsroomWorker({ now: NOW, database });
    const queriesOf = async (one: string): Promise<readonly string[]> => {
      queries = [];
      expect((await counted.fetch(one)).status).toBe(404);
      return queries;
    };
    // The first reads the keys.
    expect(await queriesOf(`/preview/soon/${until}/${signature}x`)).toHaveLength(1);
    for (const [slug, link] of [
      ["soon", `${signature}x`],
      ["none", signature],
      ["soon", `x${signature}`],
      ["none", `x${signature}`],
    ])
      expect(await queriesOf(`/preview/${slug}/${until}/${link}`)).toEqual([]);
    expect(await queriesOf(`/preview/soon/${NOW}/${signature}`)).toEqual([]);
    expect(await queriesOf("/preview/soon/x/x")).toEqual([]);
  });
});

describe("the preview links of an editor", () => {
  const addEditor = async (name: string): Promise<string> => {
    const response = await newsroom.api("PUT", `/api/editors/${name}`, { body: '{"role":"write"}' });
    const { token }: { token: string } = await response.json();
    return token;
  };

  const linkFor = async (token: string): Promise<string> => {
    const { preview }: { preview: string } = await (await newsroom.api("GET", "/api/items/soon", { token })).json();
    return preview.slice(ORIGIN.length);
  };

  const statusesOf = (paths: readonly string[]): Promise<readonly number[]> =>
    Promise.all(paths.map(async (path) => (await newsroom.fetch(path)).status));

  let paths: readonly string[];
  let tokens: readonly string[];
  beforeEach(async () => {
    await newsroom.put("soon", story("soon", hidden));
    tokens = [OWNER, await addEditor("ann"), await addEditor("bob")];
    paths = await Promise.all(tokens.map(linkFor));
  });

  it("end when the editor is revoked, those of others do not", async () => {
    expect(await statusesOf(paths)).toEqual([200, 200, 200]);
    expect((await newsroom.api("DELETE", "/api/editors/ann")).status).toBe(204);
    expect(await statusesOf(paths)).toEqual([200, 404, 200]);
    // The key is gone, too.
    const { results } = await newsroom.database.prepare("SELECT * FROM preview_keys").all();
    expect(results).toHaveLength(2);
    const again = await linkFor(await addEditor("ann"));
    expect(await statusesOf([...paths, again])).toEqual([200, 404, 200, 200]);
  });

  it("all end when the owner ends them, with their pictures, and new ones are valid", async () => {
    expect((await newsroom.api("DELETE", "/api/previews", { token: tokens[1] ?? "" })).status).toBe(403);
    expect(await statusesOf(paths)).toEqual([200, 200, 200]);
    expect((await newsroom.api("DELETE", "/api/previews")).status).toBe(204);
    const media = paths.map((path) => `${path}/media/x.gif`);
    expect(await statusesOf([...paths, ...media])).toEqual([404, 404, 404, 404, 404, 404]);
    expect(await statusesOf(await Promise.all(tokens.map(linkFor)))).toEqual([200, 200, 200]);
    const { entries }: { entries: readonly object[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries[0]).toMatchObject({ editor: "owner", action: "end previews" });
  });

  it("are signed with a key of the editor's own: with no token, and no hash of one", async () => {
    const { results } = await newsroom.database.prepare("SELECT * FROM preview_keys").all<{ secret: string }>();
    expect(results).toHaveLength(3);
    const secrets = results.map(({ secret }) => secret);
    expect(new Set(secrets).size).toBe(3);
    const [, , , until = "", signature = ""] = (paths[0] ?? "").split("/");
    const [, digest = "", mac] = signature.split(".");
    const macs = (key: string) =>
      createHmac("sha256", key)
        .update(JSON.stringify(["preview", "soon", Number(until), digest]))
        .digest("base64url");
    expect(secrets.map(macs)).toContain(mac);
    for (const token of tokens) expect([macs(token), macs(sha256(token))]).not.toContain(mac);
  });

  it("have the same key, although the first are asked for at the same time", async () => {
    const token = await addEditor("eve");
    const links = await Promise.all(Array.from({ length: 5 }, () => linkFor(token)));
    expect(new Set(links).size).toBe(1);
    expect(await statusesOf(links)).toEqual([200, 200, 200, 200, 200]);
  });
});

it("a preview link shows no other story that has got the slug since", async () => {
  const path = await previewPathOf("soon", hidden);
  const id = "tag:courier.example,2026:soon";
  for (const aliases of [["soon"], []]) await newsroom.put("later", story("later", { ...hidden, id, aliases }));
  await newsroom.put("soon", story("other", { draft: true }));
  expect(await (await newsroom.api("GET", "/api/items/soon")).json()).toMatchObject({
    id: "tag:courier.example,2026:other",
  });
  expect((await newsroom.fetch(path)).status).toBe(404);
});

it("a preview shows each of a story's pictures", async () => {
  await newsroom.api("PUT", "/api/media/y.gif", { body: GIF });
  const source = story("soon", hidden, "![x](media/x.gif) ![y](media/y.gif) ![x](media/x.gif)");
  const { preview }: { preview: string } = await (await newsroom.put("soon", source)).json();
  const text = await (await newsroom.fetch(preview.slice(ORIGIN.length))).text();
  const pictures = Array.from(text.matchAll(/<img [^>]*?src="([^"]*)"/g), ([, url = ""]) => url.slice(ORIGIN.length));
  expect(pictures).toHaveLength(4);
  for (const path of pictures) expect([path, (await newsroom.fetch(path)).status]).toEqual([path, 200]);
});
