import { beforeAll, describe, expect, it } from "vitest";
import { storySchema } from "../../src/content/schema/story-schema.ts";
import { openApiPath } from "../../src/routes/api/openapi.ts";
import { storyKeys } from "../../src/routes/api/schemas.ts";
import { patterns } from "../../src/routes/url-map.ts";
import { instant, ORIGIN } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

let newsroom: NewsroomWorker;
let description: Description;
let text: string;
beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  const response = await newsroom.fetch("/api/openapi.json");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  text = await response.text();
  description = JSON.parse(text);
});

describe("/api/openapi.json", () => {
  const routed = Object.values(patterns).filter((pattern) => pattern.startsWith("/api/"));

  it("has the paths of the API, and no others", () => {
    expect(Object.keys(description.paths).toSorted()).toEqual(routed.map(openApiPath).toSorted());
  });

  it.each(routed)("has the methods of %s, and no others", async (pattern) => {
    const response = await newsroom.fetch(pattern.replace(/:\w+\+?/g, "x"), { method: "OPTIONS" });
    const allowed = (response.headers.get("allow") ?? "").toLowerCase().split(", ");
    expect(Object.keys(description.paths[openApiPath(pattern)] ?? {}).toSorted()).toEqual(
      allowed.filter((method) => method !== "head" && method !== "options").toSorted(),
    );
  });

  it("has the keys of front matter that the compiler knows, and no others", () => {
    expect([...storyKeys].toSorted()).toEqual(Object.keys(storySchema.entries).toSorted());
  });

  it("is about this site, is for whoever asks, and tells no secret", async () => {
    expect(description.servers).toEqual([{ url: ORIGIN }]);
    expect(text).not.toContain(OWNER);
    expect((await newsroom.fetch("/api/openapi.json", { method: "PUT" })).status).toBe(405);
  });

  it("is not there without the API", async () => {
    const { database } = newsroom;
    const closed = await openNewsroomWorker({ now: NOW, database, bindings: { PUBLISH_TOKEN: "" } });
    expect((await closed.fetch("/api/openapi.json")).status).toBe(404);
  });
});
