import { describe, expect, it } from "vitest";
import { formatByFileName, formats } from "../../src/formats/formats.ts";

describe("the table of formats", () => {
  it("has a file name of its own for each, and begins with RSS", () => {
    expect(formats.map(({ name, fileName, mediaType }) => [name, fileName, mediaType])).toEqual([
      ["rss", "rss.xml", "application/rss+xml"],
      ["atom", "atom.xml", "application/atom+xml"],
      ["json", "feed.json", "application/feed+json"],
    ]);
  });

  it("finds a format by its file name", () => {
    for (const format of formats) expect(formatByFileName(format.fileName)).toBe(format);
    expect(formatByFileName("feed.xml")).toBeUndefined();
  });
});
