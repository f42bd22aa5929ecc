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

  it.each([
    [
      "of the publication, for ever",
      { "a.md": story("a", { expires: date(20) }, "![A picture](media/icon.gif)") },
      "icon",
      undefined,
    ],
    [
      "of one story, until it expires",
      { "a.md": story("a", { expires: date(20) }, "![A picture](media/x.gif)") },
      "x",
      20,
    ],
    [
      "of several, until the last of those that readers see expires",
      {
        "a.md": story("a", { expires: date(20) }, "![A picture](media/x.gif)"),
        "b.md": story("b", { expires: date(25) }, "![A picture](media/x.gif)"),
        "c.md": story("c", { expires: date(22) }, "![A picture](media/x.gif)"),
        "d.md": story("d", { draft: true, expires: date(28) }, "![A picture](media/x.gif)"),
      },
      "x",
      25,
    ],
    [
      "of several, for ever if one does not expire",
      {
        "a.md": story("a", { expires: date(20) }, "![A picture](media/x.gif)"),
        "b.md": story("b", {}, "![A picture](media/x.gif)"),
      },
      "x",
      undefined,
    ],
  ])("%s", async (_, stories, name, until) => {
    const icon = { "site.yaml": site({ icon: "media/icon.gif" }), "media/icon.gif": GIF, "media/x.gif": GIF };
    const found = await findMedia(await openStore({ ...icon, ...stories }), `media/${name}.gif`, day(10));
    expect(found?.until).toBe(until === undefined ? Number.POSITIVE_INFINITY : day(until));
    expect([found?.asset, found?.file.type]).toEqual([`media/${name}.gif`, "image/gif"]);
  });
});
