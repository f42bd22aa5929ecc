import { describe, expect, it } from "vitest";
import { formatByFileName, formats } from "../../src/formats/formats.ts";
import { sampleChannel, sampleFeed } from "./support/samples.ts";

describe("the table of formats", () => {
  it("has a file name of its own for each, and begins with RSS", () => {
    expect(
      formats.map(({ name, fileName, mediaType, alsoKnownAs }) => [name, fileName, mediaType, ...alsoKnownAs]),
    ).toEqual([
      ["rss", "rss.xml", "application/rss+xml", "application/xml", "text/xml"],
      ["atom", "atom.xml", "application/atom+xml"],
      ["json", "feed.json", "application/feed+json", "application/json"],
    ]);
  });

  it("finds a format by its file name", () => {
    for (const format of formats) expect(formatByFileName(format.fileName)).toBe(format);
    expect(formatByFileName("feed.xml")).toBeUndefined();
  });

  it.each(formats)("names the hubs of the feed, of which an archive page has none: $name", ({ renderHead }) => {
    const channel = sampleChannel({ hubs: ["https://example.org/hub"] });
    const other = "https://other.example/hub";
    expect(renderHead(sampleFeed({ channel, hubs: [other] }))).toContain(other);
    expect(renderHead(sampleFeed({ channel, hubs: [other] }))).not.toContain("https://example.org/hub");
    expect(renderHead(sampleFeed({ channel, hubs: [] }))).not.toMatch(/hub|rsscloud/i);
  });
});
