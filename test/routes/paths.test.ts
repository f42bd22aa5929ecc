import { describe, expect, it } from "vitest";
import { feedPath, mediaPath } from "../../src/routes/paths.ts";
import { redirectsOf, redirectTarget } from "../../src/routes/redirects.ts";

describe("redirects", () => {
  const table = redirectsOf({
    url: "https://courier.example",
    redirects: {
      "/old": "/new",
      "//odd": "/odd",
      "/ünder": "/under",
      "/x%2fy": "/xy",
      "/feed.xml": "/mine.xml",
    },
  });

  it.each([
    ["/old", "/new"],
    ["/old/", "/new"],
    ["//old", "/new"],
    ["/%6fld", "/new"],
    ["//odd", "/odd"],
    ["/%C3%BCnder", "/under"],
    ["/%c3%bcnder", "/under"],
    ["/x%2Fy", "/xy"],
    ["/x%2fy", "/xy"],
    ["/rss", "/rss.xml"],
    ["/feed/", "/rss.xml"],
    ["/feed.xml", "/mine.xml"],
  ])("send %s to %s", (path, target) => {
    expect(redirectTarget(table, path, false)).toBe(target);
  });

  it.each(["/", "/rss.xml", "/feed", "/old/more", "/Old", "/x/y", "/odd", "/constructor", "/__proto__"])(
    "leave %s alone",
    (path) => {
      expect(redirectTarget(table, path, false)).toBeUndefined();
    },
  );
});

describe("addresses", () => {
  it("of feeds name the view and the format", () => {
    const format = { fileName: "rss.xml" };
    expect(feedPath({ scope: { kind: "all" }, text: "full" }, format)).toBe("/rss.xml");
    expect(feedPath({ scope: { kind: "tag", key: "é x" }, text: "summary" }, format)).toBe(
      "/summaries/tags/%C3%A9%20x/rss.xml",
    );
  });

  it("of media files keep the folders", () => {
    expect(mediaPath("media/a b/é?#%.jpg")).toBe("/media/a%20b/%C3%A9%3F%23%25.jpg");
  });
});
