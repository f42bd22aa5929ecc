import { beforeAll, describe, expect, it } from "vitest";
import { type Files, instant, site, story } from "../fixtures/publication.ts";
import { childOf, readXml, textOf } from "../formats/support/xml-reader.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// A story that is corrected, then withdrawn, as partners get it from a newsroom: before, changed, marked, gone.

const NOW = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ID = "tag:courier.example,2026:gate";
const NAR = "{http://iptc.org/std/nar/2006-10-01/}";

const FILES: Files = { "site.yaml": site({ noticeDays: 2 }) };
const FRONT = { id: ID, title: "The old title", published: "2026-03-01T12:00:00Z" };

let newsroom: NewsroomWorker;

interface Told {
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly versionCreated: string | undefined;
  readonly status: string | undefined;
  readonly note: string | undefined;
}

const readNinjs = (text: string): readonly Told[] => {
  const { associations }: { associations: readonly Readonly<Record<string, string | undefined>>[] } = JSON.parse(text);
  return associations.map(({ uri, version, versionCreated, pubStatus, edNote }) => ({
    ...{ id: uri, version, versionCreated, status: pubStatus, note: edNote },
  }));
};

const readNewsml = (text: string): readonly Told[] =>
  childOf(readXml(text), `${NAR}itemSet`)
    .children.filter(({ name }) => name === `${NAR}newsItem`)
    .map((item) => {
      const meta = childOf(item, `${NAR}itemMeta`);
      return {
        id: item.attributes.get("guid"),
        version: item.attributes.get("version"),
        versionCreated: textOf(meta, `${NAR}versionCreated`),
        status: childOf(meta, `${NAR}pubStatus`).attributes.get("qcode")?.replace("stat:", ""),
        note: textOf(meta, `${NAR}edNote`),
      };
    });

const DIALECTS = [
  { file: "ninjs.json", type: "application/json; charset=utf-8", read: readNinjs },
  { file: "newsml-g2.xml", type: "application/vnd.iptc.g2.newsmessage+xml; charset=utf-8", read: readNewsml },
] as const;

const poll = async (file: string) => {
  const response = await newsroom.fetch(`/partners/acme/${file}`);
  expect(response.status).toBe(200);
  const { headers } = response;
  return { etag: headers.get("etag") ?? "", type: headers.get("content-type"), text: await response.text() };
};

beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase(), files: FILES });
  const body = JSON.stringify({ formats: ["ninjs", "newsml-g2"], open: true });
  const headers = { "content-type": "application/json" };
  expect((await newsroom.api("PUT", "/api/partners/acme", { body, headers })).ok).toBe(true);
});

describe("a story that is corrected, then withdrawn", () => {
  const told = async (expected: readonly Told[]): Promise<void> => {
    for (const { file, type, read } of DIALECTS) {
      const first = await poll(file);
      expect(first.type).toBe(type);
      expect([file, read(first.text)]).toEqual([file, expected]);
      newsroom.clock.now += 60_000;
      expect(await poll(file), "two polls give the same bytes").toEqual(first);
      const { status } = await newsroom.fetch(`/partners/acme/${file}`, { headers: { "if-none-match": first.etag } });
      expect(status).toBe(304);
      newsroom.clock.now -= 60_000;
    }
  };

  it("is usable in its first version", async () => {
    await newsroom.put("gate", story("gate", FRONT, "The old text."));
    await told([{ id: ID, version: "1", versionCreated: "2026-03-01T12:00:00Z", status: "usable", note: undefined }]);
  });

  it("has a higher version once it is corrected", async () => {
    newsroom.clock.now = NOW + HOUR;
    const corrections = [{ at: "2026-03-01T13:00:00Z", note: "The gate is red." }];
    await newsroom.put("gate", story("gate", { ...FRONT, corrections }, "The old text."));
    await told([
      { id: ID, version: "3601", versionCreated: "2026-03-01T13:00:00Z", status: "usable", note: undefined },
    ]);
  });

  it("is canceled in the next version once it is withdrawn, with the reason and nothing of what it was", async () => {
    newsroom.clock.now = NOW + 2 * HOUR;
    expect((await newsroom.api("DELETE", "/api/items/gate?reason=It%20was%20%3Cnot%3E%20true.")).ok).toBe(true);
    const note = "It was <not> true.";
    await told([{ id: ID, version: "7201", versionCreated: "2026-03-01T14:00:00Z", status: "canceled", note }]);
    for (const { file } of DIALECTS) expect((await poll(file)).text).not.toMatch(/old|gate is red/);
  });

  it("is told of until its notice ends, and not after that", async () => {
    newsroom.clock.now = NOW + 2 * HOUR + 2 * DAY - 1;
    for (const { file, read } of DIALECTS) expect(read((await poll(file)).text)).toHaveLength(1);
    newsroom.clock.now += 1;
    for (const { file, read } of DIALECTS) expect(read((await poll(file)).text)).toEqual([]);
  });
});
