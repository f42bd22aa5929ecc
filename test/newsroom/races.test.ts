import { beforeEach, describe, expect, it } from "vitest";
import { instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let office: Office;
beforeEach(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
});

const TIMES = 1000;

describe("two editors at the same time", () => {
  it("with the same If-Match: exactly one wins, a thousand times", async () => {
    const other = await openOffice({ now: NOW, database: office.database });
    let tag = (await office.put("x", story("x"))).headers.get("etag") ?? "";
    for (let count = 0; count < TIMES; count++) {
      const headers = { "if-match": tag, "content-type": "text/markdown" };
      const answers = await Promise.all(
        [office, other].map(({ api }, index) =>
          api("PUT", "/api/items/x", { headers, body: story("x", {}, `Text ${count} of ${index}.`) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const winner = answers.findIndex(({ status }) => status === 200);
      tag = answers[winner]?.headers.get("etag") ?? "";
      if (count % 10 === 0) {
        const stored = await office.api("GET", "/api/items/x", { headers: { accept: "text/markdown" } });
        expect(await stored.text()).toContain(`Text ${count} of ${winner}.`);
      }
      for (const one of answers) await one.body?.cancel();
    }
  });

  it("with the same new story: exactly one makes it", async () => {
    for (let count = 0; count < 50; count++) {
      const headers = { "if-none-match": "*", "content-type": "text/markdown" };
      const answers = await Promise.all(
        ["a", "b"].map((text) =>
          office.api("PUT", `/api/items/s${count}`, { headers, body: story(`s${count}`, {}, text) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    }
  });

  it("a withdrawal takes back what the other has just written, and loses nothing of it", async () => {
    for (let count = 0; count < 20; count++) {
      await office.put(`w${count}`, story(`w${count}`, {}, "Old."));
      const [put, withdrawal] = await Promise.all([
        office.api("PUT", `/api/items/w${count}`, { body: story(`w${count}`, {}, "New.") }),
        office.api("DELETE", `/api/items/w${count}?reason=Wrong.`),
      ]);
      const source = await (
        await office.api("GET", `/api/items/w${count}`, { headers: { accept: "text/markdown" } })
      ).text();
      expect(withdrawal.status).toBe(200);
      const versions = [put, withdrawal].map(({ headers }) => Number(headers.get("etag")?.replaceAll('"', "")));
      const [putVersion = 0, withdrawalVersion = 0] = versions;
      // The owner brings it back by a PUT that came later; otherwise it is withdrawn, whatever it says.
      expect(source.includes("withdrawn:")).toBe(!put.ok || putVersion < withdrawalVersion);
      expect(source).toContain(put.ok ? "New." : "Old.");
    }
  });

  it("cannot both have a name", async () => {
    for (let count = 0; count < 20; count++) {
      const answers = await Promise.all([
        office.api("PUT", `/api/items/a${count}`, { body: story(`a${count}`, { aliases: [`b${count}`] }) }),
        office.api("PUT", `/api/items/b${count}`, { body: story(`b${count}`) }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });

  it("without conditions: the last one stands, and both are in the log", async () => {
    await Promise.all(["a", "b", "c"].map((text) => office.put("x", story("x", {}, `Text ${text}.`))));
    const { entries }: { entries: readonly unknown[] } = await (await office.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(3);
  });
});

describe("a write that is sent again with its Idempotency-Key", () => {
  const headers = { "idempotency-key": "k1", "content-type": "text/markdown" };

  it("gets the same answer, and is done once", async () => {
    const body = story("x");
    const first = await office.api("PUT", "/api/items/x", { headers, body });
    const again = await office.api("PUT", "/api/items/x", { headers, body });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(await again.text()).toBe(await first.text());
    const { entries }: { entries: readonly unknown[] } = await (await office.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it("at the same time, too", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => office.api("PUT", "/api/items/x", { headers, body: story("x") })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { entries }: { entries: readonly unknown[] } = await (await office.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it("is refused where it is another write", async () => {
    await office.api("PUT", "/api/items/x", { headers, body: story("x") });
    const other = await office.api("PUT", "/api/items/x", { headers, body: story("x", {}, "Other.") });
    expect(other.status).toBe(422);
  });

  it("gets its answer even where the story could not be sent any longer", async () => {
    await office.put("b", story("b"));
    const body = story("x", {}, "[b](b.md)");
    expect((await office.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
    await office.api("DELETE", "/api/items/b?purge=true");
    expect((await office.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
  });

  it("does not undo what somebody else did meanwhile, even where it had changed nothing", async () => {
    await office.put("x", story("x"));
    expect((await office.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    await office.put("x", story("x", {}, "A colleague's."));
    expect((await office.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    expect(await (await office.fetch("/rss.xml")).text()).toContain("A colleague's.");
  });

  it("withdraws once", async () => {
    await office.put("x", story("x"));
    const answers = [];
    for (let count = 0; count < 2; count++) {
      const response = await office.api("DELETE", "/api/items/x?reason=Wrong.", {
        headers: { "idempotency-key": "k2" },
      });
      answers.push([response.status, response.headers.get("etag"), await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe("where a change must name what it changes", () => {
  it("one that does not is refused (428)", async () => {
    const strict = await openOffice({ now: NOW, database: office.database, bindings: { REQUIRE_IF_MATCH: "true" } });
    const tag = (await strict.put("x", story("x"))).headers.get("etag") ?? "";
    expect((await strict.api("PUT", "/api/items/x", { body: story("x", {}, "b") })).status).toBe(428);
    expect((await strict.api("DELETE", "/api/items/x?reason=x")).status).toBe(428);
    expect((await strict.api("DELETE", "/api/items/x?purge=true")).status).toBe(428);
    const headers = { "if-match": `W/${tag}`, "content-type": "text/markdown" };
    expect((await strict.api("PUT", "/api/items/x", { headers, body: story("x", {}, "b") })).status).toBe(200);
  });
});
