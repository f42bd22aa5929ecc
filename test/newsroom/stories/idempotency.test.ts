import { beforeEach, describe, expect, it } from "vitest";
import { instant, story } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

describe("a write that is sent again with the same Idempotency-Key", () => {
  const headers = { "idempotency-key": "k1", "content-type": "text/markdown" };

  it("gets the same response and is done once", async () => {
    const body = story("x");
    const first = await newsroom.api("PUT", "/api/items/x", { headers, body });
    const again = await newsroom.api("PUT", "/api/items/x", { headers, body });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(await again.text()).toBe(await first.text());
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it.each([
    [24, "true"],
    [25, null],
  ])("%i hours later is known: %s", async (hours, isKnown) => {
    const body = story("x");
    await newsroom.api("PUT", "/api/items/x", { headers, body });
    newsroom.clock.now += hours * 3_600_000;
    // Each write forgets what is too old.
    await newsroom.put("y", story("y"));
    const again = await newsroom.api("PUT", "/api/items/x", { headers, body });
    expect(again.headers.get("idempotent-replayed")).toBe(isKnown);
  });

  it("is done once if it is sent several times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it("is refused (422) if the request is another one", async () => {
    await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") });
    const other = await newsroom.api("PUT", "/api/items/x", { headers, body: story("x", {}, "Other.") });
    expect(other.status).toBe(422);
  });

  it("gets its response even if the story would be refused by now", async () => {
    await newsroom.put("b", story("b"));
    const body = story("x", {}, "[b](b.md)");
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
    await newsroom.api("DELETE", "/api/items/b?purge=true");
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
  });

  it("does not undo another editor's write in between, even if it had changed nothing itself", async () => {
    await newsroom.put("x", story("x"));
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    await newsroom.put("x", story("x", {}, "A colleague's."));
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("A colleague's.");
  });

  it("withdraws a story once", async () => {
    await newsroom.put("x", story("x"));
    const answers = [];
    for (let count = 0; count < 2; count++) {
      const response = await newsroom.api("DELETE", "/api/items/x?reason=Wrong.", {
        headers: { "idempotency-key": "k2" },
      });
      answers.push([response.status, response.headers.get("etag"), await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe("the responses that an editor got", () => {
  const headers = { "idempotency-key": "k1", "content-type": "text/markdown" };

  const addAnn = async (role: string): Promise<string> => {
    const response = await newsroom.api("PUT", "/api/editors/ann", { body: JSON.stringify({ role }) });
    const { token }: { token: string } = await response.json();
    return token;
  };

  const countResponses = async (): Promise<number> => {
    const { results } = await newsroom.database.prepare("SELECT * FROM answers").all();
    return results.length;
  };

  const put = (token: string, front = {}): Promise<Response> =>
    newsroom.api("PUT", "/api/items/x", { headers, token, body: story("x", front) });

  it("are deleted with the editor, and nobody gets them who has the name later", async () => {
    const former = await addAnn("publish");
    expect((await put(former)).status).toBe(201);
    await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") });
    expect(await countResponses()).toBe(2);
    await newsroom.api("DELETE", "/api/editors/ann");
    expect(await countResponses()).toBe(1);
    expect((await put(former)).status).toBe(401);
    const writer = await addAnn("write");
    const refused = await put(writer);
    expect([refused.status, refused.headers.get("idempotent-replayed")]).toEqual([403, null]);
    await newsroom.api("DELETE", "/api/editors/ann");
    // The same role as before: the request is another editor's all the same.
    const again = await put(await addAnn("publish"));
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([200, null]);
  });

  it("are not shown to who has the same name and key, whatever the key was used for", async () => {
    await put(await addAnn("publish"));
    await newsroom.api("DELETE", "/api/editors/ann");
    const draft = await newsroom.api("PUT", "/api/items/draft", {
      headers,
      token: await addAnn("write"),
      body: story("draft", { draft: true }),
    });
    expect(draft.status).toBe(201);
  });

  it.each([
    ["publish", {}],
    ["withdraw", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }],
  ])("take the role that the write took: %s", async (role, front) => {
    const token = await addAnn(role);
    const first = await put(token, front);
    expect((await put(token, front)).headers.get("idempotent-replayed")).toBe("true");
    await newsroom.database.prepare("UPDATE editors SET role = 'write'").run();
    const refused = await put(token, front);
    expect([first.status, refused.status, await refused.text()]).toEqual([
      201,
      403,
      expect.not.stringContaining("tag:"),
    ]);
  });

  it("are the owner's as long as the owner's token is", async () => {
    await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") });
    const token = `another-${OWNER}`;
    const other = await openNewsroomWorker({
      now: NOW,
      database: newsroom.database,
      bindings: { PUBLISH_TOKEN: token },
    });
    const response = await other.api("PUT", "/api/items/x", { headers, token, body: story("x") });
    expect([response.status, response.headers.get("idempotent-replayed")]).toEqual([200, null]);
  });
});
