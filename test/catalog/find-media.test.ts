import { describe, expect, it } from "vitest";
import { findMedia } from "../../src/catalog/find-media.ts";
import { type Files, GIF, site, story } from "../fixtures/publication.ts";
import { date, day, openStore, withdrawnOn } from "./support/open-store.ts";

describe("a media file", () => {
  const files: Files = {
    "site.yaml": site({ icon: "media/icon.gif" }),
    "a.md": story("a", { published: date(10), expires: date(20) }, "![A picture](media/a.gif)"),
    "b.md": story("b", { draft: true }, "![A picture](media/b.gif) ![And one](media/shared.gif)"),
    "c.md": story("c", { published: date(1), ...withdrawnOn(30) }, "![A picture](media/c.gif)"),
    "d.md": story("d", { published: date(15) }, "![A picture](media/shared.gif)"),
    ...Object.fromEntries(["icon", "a", "b", "c", "shared", "unused"].map((name) => [`media/${name}.gif`, GIF])),
  };

  it.each([
    ["icon", [true, true, true, true]],
    ["a", [false, true, true, false]],
    ["b", [false, false, false, false]],
    ["c", [false, false, false, false]],
    ["shared", [false, false, true, true]],
    ["unused", [false, false, false, false]],
    ["nothing", [false, false, false, false]],
  ])("%s.gif is found on days 9, 10, 15 and 20: %j", async (name, expected) => {
    const store = await openStore(files);
    const found = await Promise.all([9, 10, 15, 20].map((now) => findMedia(store, `media/${name}.gif`, day(now))));
    expect(found.map((file) => file !== undefined)).toEqual(expected);
  });
});
