import { describe, expect, it } from "vitest";
import { feedPath, mediaPath, redirectOf, redirectsOf, tidyPath } from "../../src/routes/paths.ts";

describe("the one spelling of a path", () => {
  it.each([
    ["/", "/"],
    ["//", "/"],
    ["////", "/"],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/a///", "/a"],
    ["//a//b//", "/a/b"],
    ["/%61", "/a"],
    ["/%7Ea%2d%2E%5f", "/~a-._"],
    ["/%21%27%28%29%2a", "/!'()*"],
    ["/caf%c3%a9", "/caf%C3%A9"],
    ["/a%2fb", "/a%2Fb"],
    ["/a%2f", "/a%2F"],
    ["/%2f%2F", "/%2F%2F"],
    ["/a%20b", "/a%20b"],
    ["/%2561", "/%2561"],
    ["/%", "/%"],
    ["/%zz%4", "/%zz%4"],
    ["/%00", "/%00"],
  ])("of %s is %s, and stays so", (path, tidy) => {
    expect(tidyPath(path)).toBe(tidy);
    expect(tidyPath(tidy)).toBe(tidy);
  });

  it("is found in time that grows with the path's length, or this test would never end", () => {
    for (const part of ["/", "%61", "%", "/a", "a/"]) tidyPath(`/${part.repeat(200_000)}x`);
    expect(tidyPath("/".repeat(200_000))).toBe("/");
  });
});

describe("redirects", () => {
  const table = redirectsOf({
    url: "https://courier.example",
    redirects: {
      "/old": "/new",
      "//odd": "/odd",
      "/ünder": "/under",
      "/x%2fy": "/xy",
      "/feed.xml": "/mine.xml",
      "/rss.xml": "/no",
      "/": "/no",
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
    expect(redirectOf(table, path)).toBe(target);
  });

  it.each(["/", "/rss.xml", "/feed", "/old/more", "/Old", "/x/y", "/odd", "/constructor", "/__proto__"])(
    "leave %s alone",
    (path) => {
      expect(redirectOf(table, path)).toBeUndefined();
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
