import { describe, expect, it } from "vitest";
import { findVersion } from "../../../src/cli/newsroom/find-version.ts";
import { fakeNewsroom, refusal } from "./fake-newsroom.ts";

const newsroom = fakeNewsroom((request) => {
  const ids: Readonly<Record<string, string>> = { "/old": "tag:a", "/taken": "tag:b" };
  const id = ids[request.slice(request.lastIndexOf("/"))];
  return id === undefined ? refusal(404, "None.") : Response.json({ id }, { headers: { etag: `"${id}"` } });
});

describe("the version of a story that the newsroom has", () => {
  it.each([
    ["under its slug", { id: "tag:a", slug: "old", aliases: [] }, '"tag:a"'],
    ["under a former slug", { id: "tag:a", slug: "new", aliases: ["older", "old"] }, '"tag:a"'],
    ["not under the slug of another story", { id: "tag:a", slug: "taken", aliases: [] }, undefined],
    ["nowhere where it is new", { id: "tag:c", slug: "new", aliases: [] }, undefined],
    ["nowhere where it has no id", { slug: "old", aliases: [] }, undefined],
  ])("is found %s", async (_where, story, etag) => {
    expect(await findVersion(newsroom, story)).toBe(etag);
  });
});
