import { describe, expect, it } from "vitest";
import { namedMedia } from "../../../src/cli/content/named-media.ts";
import { site, story } from "../../fixtures/publication.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const PATHS = ["site.yaml", "a.md", "b.md", "media/c d.png", "media/a.png", "media/icon.png", "media/sound.mp3"];

const named = (text: string, settings: string = site({ icon: "media/icon.png", authors: { ann: { name: "Ann" } } })) =>
  namedMedia([{ path: "a.md", source: bytes(text) }], PATHS, bytes(settings));

describe("the media files that a story names", () => {
  it.each([
    ["percent-encoded", story("a", {}, "![x](media/c%20d.png)"), ["media/c d.png"]],
    ["in HTML, with an entity", story("a", {}, '<img src="media/c&#32;d.png" alt="">'), ["media/c d.png"]],
    ["in front matter", story("a", { attachments: [{ src: "media/sound.mp3" }] }), ["media/sound.mp3"]],
    ["beside a link to another story", story("a", {}, "[b](b.md) ![x](media/a.png)"), ["media/a.png"]],
    ["by an author of site.yaml", story("a", { authors: ["ann"] }, "![x](media/a.png)"), ["media/a.png"]],
    ["twice", story("a", {}, "![x](media/a.png) ![y](media/a.png)"), ["media/a.png"]],
    ["only in code", story("a", {}, "Write `media/a.png`."), []],
  ])("are found %s", (_how, text, paths) => {
    expect(named(text)).toEqual(paths);
  });

  it("are without those of site.yaml, which are deployed with the site", () => {
    expect(named(story("a", {}, "![x](media/icon.png) ![y](media/a.png)"))).toEqual(["media/a.png"]);
  });

  it.each([
    ["it has a mistake", story("a", { tgas: [] }, "![x](media/c%20d.png)"), site()],
    ["it links to what is only in the newsroom", story("a", {}, "[n](n.md) ![x](media/c%20d.png)"), site()],
    ["site.yaml can't be read", story("a", { authors: ["ann"] }, "![x](media/c%20d.png)"), "a: ["],
    ["there is no site.yaml", story("a", {}, "![x](media/c%20d.png)"), ""],
  ])("are found though %s", (_what, text, settings) => {
    expect(named(text, settings)).toEqual(["media/c d.png"]);
  });
});
