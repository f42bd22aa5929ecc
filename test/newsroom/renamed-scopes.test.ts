import { beforeEach, describe, expect, it } from "vitest";
import { instant, ORIGIN, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const answerOf = async (path: string): Promise<string> => {
  const response = await newsroom.fetch(path);
  await response.body?.cancel();
  return response.status === 301 ? (response.headers.get("location") ?? "").slice(ORIGIN.length) : `${response.status}`;
};

const formerScopes = async (): Promise<unknown> =>
  (await newsroom.database.prepare("SELECT scope, former FROM former_scopes ORDER BY scope").all()).results;

describe("a tag whose key was another one until 0.2", () => {
  it("is found by its former address, whichever story has it", async () => {
    await newsroom.put("a", story("a", { tags: ["C++", "Iraq"], authors: [{ name: "Li-Wei" }] }));
    await newsroom.put("b", story("b", { tags: ["C++", "C#"], published: "2026-04-01T00:00:00Z" }));
    expect(await answerOf("/tags/c/rss.xml")).toBe("/tags/c~plus-plus~/rss.xml");
    expect(await answerOf("/summaries/authors/li-wei/atom.xml")).toBe("/summaries/authors/li_wei/atom.xml");
    newsroom.clock.now = instant("2026-04-01T00:00:00Z");
    expect(await answerOf("/tags/c/rss.xml")).toBe("/tags/c~hash~/rss.xml");
    await newsroom.put("c", story("c", { tags: ["C"] }));
    expect(await answerOf("/tags/c/rss.xml")).toBe("200");
    expect(await formerScopes()).toEqual([
      { scope: "author/li_wei", former: "author/li-wei" },
      { scope: "tag/c~hash~", former: "tag/c" },
      { scope: "tag/c~plus-plus~", former: "tag/c" },
    ]);
  });

  it("leaves nothing behind when the last story loses it, or is erased", async () => {
    await newsroom.put("a", story("a", { tags: ["C++", "C#"] }));
    await newsroom.put("b", story("b", { tags: ["C#"] }));
    await newsroom.put("a", story("a", { tags: ["C#"] }));
    expect(await formerScopes()).toEqual([{ scope: "tag/c~hash~", former: "tag/c" }]);
    await newsroom.put("a", story("a", { tags: ["C#"], published: "2026-02-01T00:00:00Z" }));
    await newsroom.api("DELETE", "/api/items/b?purge=true");
    expect(await formerScopes()).toHaveLength(1);
    await newsroom.api("DELETE", "/api/items/a?purge=true");
    expect(await formerScopes()).toEqual([]);
    expect(await answerOf("/tags/c/rss.xml")).toBe("404");
  });

  it("stays at its former address until the story is compiled again", async () => {
    const source = story("a", { tags: ["C++"] });
    await newsroom.put("a", source);
    // As an older compiler left it.
    await newsroom.database.batch(
      [
        `UPDATE stories SET item = replace(item, 'c~plus-plus~', 'c'), digest = 'older'`,
        "UPDATE memberships SET scope = 'tag/c' WHERE scope = 'tag/c~plus-plus~'",
        "DELETE FROM former_scopes",
        "UPDATE revision SET number = number + 1",
      ].map((sql) => newsroom.database.prepare(sql)),
    );
    newsroom = await openNewsroomWorker({ now: NOW, database: newsroom.database });
    expect(await answerOf("/tags/c/rss.xml")).toBe("200");
    expect(await answerOf("/tags/c~plus-plus~/rss.xml")).toBe("404");
    await newsroom.put("a", source);
    expect(await answerOf("/tags/c/rss.xml")).toBe("/tags/c~plus-plus~/rss.xml");
    expect(await answerOf("/tags/c~plus-plus~/rss.xml")).toBe("200");
  });

  it("is named in the warnings of a story that has a name twice", async () => {
    const response = await newsroom.put("a", story("a", { tags: ["Iraq", "iraq", "C++", "C#", "C"] }));
    expect(await response.json()).toMatchObject({ warnings: [{ rule: "duplicate-tag", severity: "warning" }] });
    const text = await (await newsroom.fetch("/feed.json")).text();
    expect(JSON.parse(text).items[0].tags).toEqual(["Iraq", "C++", "C#", "C"]);
  });
});
