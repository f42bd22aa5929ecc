import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodedText } from "./decoded.ts";
import { type FileName, fileNames, readFeed } from "./documents.ts";
import { arbitraryHistory, publicationsOf } from "./editing.ts";
import { filesOf } from "./history.ts";
import { type Served, serveFiles } from "./serve.ts";

/** What a feed reader keeps. */
interface Kept {
  readonly tag: string;
  readonly entries: ReadonlyMap<string, string>;
}

const merged = (kept: Kept, tag: string, text: string, file: FileName): Kept => {
  const { entries, tombstones } = readFeed(file, text);
  const all = new Map([...kept.entries, ...entries]);
  for (const id of tombstones) all.delete(id);
  return { tag, entries: all };
};

/** Asks as a feed reader does, and does with the answer what its status says. */
const refresh = async (
  { fetch }: Served,
  path: string,
  file: FileName,
  kept: Kept | undefined,
  coding: string,
): Promise<{ readonly status: number; readonly kept: Kept | undefined }> => {
  const condition = kept === undefined ? {} : { "if-none-match": kept.tag };
  const response = await fetch(path, { headers: { "a-im": "feed", "accept-encoding": coding, ...condition } });
  const { status } = response;
  const tag = response.headers.get("etag") ?? "";
  const text = await decodedText(response);
  if (status === 200) return { status, kept: { tag, entries: readFeed(file, text).entries } };
  if (status === 226 && kept !== undefined) {
    expect(response.headers.get("delta-base")).toBe(kept.tag);
    return { status, kept: merged(kept, tag, text, file) };
  }
  return { status, kept };
};

describe("a reader that asks for deltas", () => {
  it("holds all of the current feed afterwards, byte for byte, whatever was added, edited and withdrawn", async () => {
    const statuses = new Map<number, number>();
    const scope = fc.constantFrom("", "/summaries", "/tags/red");
    const coding = fc.constantFrom("identity", "gzip", "br");
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, scope, coding, async ({ steps, channel }, base, coding) => {
        const readers = new Map<FileName, Kept | undefined>();
        for (const { stories, now, isAsked } of publicationsOf(steps)) {
          const served = await serveFiles(filesOf(stories, channel), { now, deployed: now });
          for (const [index, file] of fileNames.entries()) {
            if (!isAsked[index]) continue;
            const path = `${base}/${file}`;
            const whole = await served.fetch(path);
            if (whole.status !== 200) continue;
            const { entries, tombstones } = readFeed(file, await whole.text());
            const { status, kept } = await refresh(served, path, file, readers.get(file), coding);
            readers.set(file, kept);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            for (const [id, text] of entries) expect(kept?.entries.get(id)).toBe(text);
            for (const id of tombstones) expect(kept?.entries.has(id)).toBe(false);
            expect(kept?.tag).toBe(whole.headers.get("etag"));
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(Math.min(...[200, 226, 304].map((status) => statuses.get(status) ?? 0))).toBeGreaterThan(20);
    expect([...statuses.keys()].sort()).toEqual([200, 226, 304]);
  });
});
