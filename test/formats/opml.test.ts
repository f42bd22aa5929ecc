import { parseOpml } from "feedsmith";
import { describe, expect, it } from "vitest";
import { renderOpml } from "../../src/formats/opml.ts";

const feed = (name: string) => ({
  title: name,
  url: `https://example.org/${encodeURIComponent(name)}/rss.xml`,
  page: "https://example.org/",
});

const NASTY = 'Q&A <i> "quoted" \u2019 \u0628';

const text = renderOpml(
  "The <Courier> & Co",
  [feed("all")],
  [
    { title: "Tags", feeds: [feed(NASTY), feed("b")] },
    { title: "Empty", feeds: [] },
  ],
);

describe("a list of feeds", () => {
  it("is read by an independent parser as it was written", () => {
    const { head, body } = parseOpml(text);
    expect(head?.title).toBe("The <Courier> & Co");
    const rss = (name: string) => ({
      ...{ text: name, title: name, type: "rss", version: "RSS2" },
      ...{ xmlUrl: feed(name).url, htmlUrl: "https://example.org/" },
    });
    expect(body?.outlines).toEqual([rss("all"), { text: "Tags", title: "Tags", outlines: [rss(NASTY), rss("b")] }]);
  });

  it("keeps the rules of OPML 2.0: a head, a body with outlines, and of each its text, of a feed its type and address", () => {
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<opml version="2\.0">\n<head>/);
    expect(text.match(/<(head|body)>/g)).toEqual(["<head>", "<body>"]);
    const outlines = Array.from(text.matchAll(/<outline ([^>]*)>/g), ([, attributes = ""]) => attributes);
    expect(outlines).toHaveLength(4);
    for (const attributes of outlines) expect(attributes).toMatch(/^text="[^"]+"/);
    const feeds = outlines.filter((attributes) => attributes.includes('type="rss"'));
    for (const attributes of feeds) expect(attributes).toMatch(/ xmlUrl="https:\/\/[^"]+"/);
    expect(feeds).toHaveLength(3);
  });
});
