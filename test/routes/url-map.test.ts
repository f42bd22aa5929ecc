import { describe, expect, it } from "vitest";
import { feedPath, mediaPath } from "../../src/routes/url-map.ts";

describe("paths", () => {
  it("of feeds consist of the view and the format's file name", () => {
    const format = { fileName: "rss.xml" };
    expect(feedPath({ scope: { kind: "all" }, text: "full" }, format)).toBe("/rss.xml");
    expect(feedPath({ scope: { kind: "tag", key: "é x" }, text: "summary" }, format)).toBe(
      "/summaries/tags/%C3%A9%20x/rss.xml",
    );
  });

  it("of media files keep their folders", () => {
    expect(mediaPath("media/a b/é?#%.jpg")).toBe("/media/a%20b/%C3%A9%3F%23%25.jpg");
  });
});
