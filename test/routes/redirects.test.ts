import { describe, expect, it } from "vitest";
import { redirectsOf, redirectTarget } from "../../src/routes/redirects.ts";

describe("the redirects of a site", () => {
  const redirects = redirectsOf({
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
  ])("lead from %s to %s", (path, target) => {
    expect(redirectTarget(redirects, path, false)).toBe(target);
  });

  it.each(["/", "/rss.xml", "/feed", "/old/more", "/Old", "/x/y", "/odd", "/constructor", "/__proto__"])(
    "have none for %s",
    (path) => {
      expect(redirectTarget(redirects, path, false)).toBeUndefined();
    },
  );
});
