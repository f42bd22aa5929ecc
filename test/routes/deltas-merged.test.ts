import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodedText } from "./decoded.ts";
import { type FileName, fileNames, readFeed } from "./documents.ts";
import { arbitraryHistory, publicationsOf } from "./editing.ts";
import { filesOf } from "./history.ts";
import { type Served, serveFiles } from "./serve.ts";

/** What a feed reader keeps. */
interface CachedEdition {
  readonly tag: string;
  readonly entries: ReadonlyMap<string, string>;
}

const merged = (cached: CachedEdition, tag: string, text: string, file: FileName): CachedEdition => {
  const { entries, tombstones } = readFeed(file, text);
  const all = new Map([...cached.entries, ...entries]);
  for (const id of tombstones) all.delete(id);
  return { tag, entries: all };
};

/** Asks as a feed reader does, and does with the answer what its status says. */
const refresh = async (
  { fetch }: Served,
  path: string,
  file: FileName,
  cached: CachedEdition | undefined,
  coding: string,
): Promise<{ readonly status: number; readonly cached: CachedEdition | undefined }> => {
  const condition = cached === undefined ? {} : { "if-none-match": cached.tag };
  const response = await fetch(path, { headers: { "a-im": "feed", "accept-encoding": coding, ...condition } });
  const { status } = response;
  const tag = response.headers.get("etag") ?? "";
  const text = await decodedText(response);
  if (status === 200) return { status, cached: { tag, entries: readFeed(file, text).entries } };
  if (status === 226 && cached !== undefined) {
    expect(response.headers.get("delta-base")).toBe(cached.tag);
    return { status, cached: merged(cached, tag, text, file) };
  }
  return { status, cached };
};

describe("a reader that asks for deltas", () => {
  it("holds all of the current feed afterwards, byte for byte, whatever was added, edited and withdrawn", async () => {
    const statuses = new Map<number, number>();
    const scope = fc.constantFrom("", "/summaries", "/tags/red");
    const coding = fc.constantFrom("identity", "gzip", "br");
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, scope, coding, async ({ steps, channel }, base, coding) => {
        const readers = new Map<FileName, CachedEdition | undefined>();
        for (const { stories, now, isAsked } of publicationsOf(steps)) {
          const served = await serveFiles(filesOf(stories, channel), { now, deployed: now });
          for (const [index, file] of fileNames.entries()) {
            if (!isAsked[index]) continue;
            const path = `${base}/${file}`;
            const whole = await served.fetch(path);
            if (whole.status !== 200) continue;
            const { entries, tombstones } = readFeed(file, await whole.text());
            const { status, cached } = await refresh(served, path, file, readers.get(file), coding);
            readers.set(file, cached);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            for (const [id, text] of entries) expect(cached?.entries.get(id)).toBe(text);
            for (const id of tombstones) expect(cached?.entries.has(id)).toBe(false);
            expect(cached?.tag).toBe(whole.headers.get("etag"));
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(Math.min(...[200, 226, 304].map((status) => statuses.get(status) ?? 0))).toBeGreaterThan(20);
    expect([...statuses.keys()].sort()).toEqual([200, 226, 304]);
  });
});
