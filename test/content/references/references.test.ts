import { describe, expect, it } from "vitest";
import { type ReferenceContext, resolveReference } from "../../../src/content/references/references.ts";
import { CONTEXT } from "../support.ts";

const SITE = "https://feedwright.invalid";
const base = (path: string): ReferenceContext => ({ ...CONTEXT, path, slug: "hello" });
const link = (reference: string, path = "hello.md") => resolveReference(reference, base(path), "link");

describe("resolving a reference in a story", () => {
  it.each([
    ["other.md", "hello.md", `${SITE}/articles/other`],
    ["world/embassy.md", "hello.md", `${SITE}/articles/embassy`],
    ["../other.md#note", "world/embassy.md", `${SITE}/articles/other#other-note`],
    ["/other.md", "world/embassy.md", `${SITE}/articles/other`],
    ["media/x.png", "hello.md", `${SITE}/media/x.png`],
    ["media/x.png", "world/embassy.md", `${SITE}/media/x.png`],
    ["../media/x.png", "world/embassy.md", `${SITE}/media/x.png`],
    ["media/../media/x.png", "hello.md", `${SITE}/media/x.png`],
    ["media/a%20b.png", "hello.md", `${SITE}/media/a%20b.png`],
    ["media/a b.png", "hello.md", `${SITE}/media/a%20b.png`],
    ["media/cafe\u{301}.png", "hello.md", `${SITE}/media/caf%C3%A9.png`],
    ["media/100%.png", "hello.md", `${SITE}/media/100%25.png`],
    ["media/talk.mp3#t=10", "hello.md", `${SITE}/media/talk.mp3#t=10`],
    ["/rss.xml", "world/embassy.md", `${SITE}/rss.xml`],
    ["HTTPS://Example.org/%7Ea", "hello.md", "https://example.org/%7Ea"],
    ["//example.org/x", "hello.md", "https://example.org/x"],
    ["mailto:desk@example.org", "hello.md", "mailto:desk@example.org"],
    [" \n tel:+1 ", "hello.md", "tel:+1"],
  ])("%j in %s leads to %s", (reference, path, url) => {
    expect(link(reference, path)).toMatchObject({ url });
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)",
    " javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "C:\\x.png",
  ])("refuses %j by the name of its protocol", (reference) => {
    expect(link(reference)).toMatch(/^`[a-z]+:` can't be used here\. /);
  });

  it.each([
    ["", "This link is empty. Write where it leads."],
    ["nope.md", "There is no story `content/nope.md`. Mend the link."],
    ["othr.md", "There is no story `content/othr.md`. Did you mean `other.md`?"],
    ["media/X.png", "There is no file `content/media/X.png`. Did you mean `media/x.png`?"],
    ["media/..%2Fsite.yaml", "There is no file `content/media/../site.yaml`. Add it, or mend the name."],
    ["media/__proto__", "There is no file `content/media/__proto__`. Add it, or mend the name."],
    ["https://", "`https://` is not a URL. Mend it."],
  ])("gives %j a message of its own", (reference, sentence) => {
    expect(link(reference)).toBe(sentence);
  });

  it("wants a media file or a web address for what is shown", () => {
    expect(resolveReference("x.png", base("hello.md"), "media")).toBe(
      "`x.png` is no media file. Did you mean `media/x.png`?",
    );
    expect(resolveReference("mailto:a@b.org", base("hello.md"), "media")).toMatch(/^`mailto:` can't/);
  });

  it("takes time that grows with the length only, or this test would never end", () => {
    expect(link(`https://example.org/a${" ".repeat(300_000)}b`)).toHaveProperty("url");
  });

  it("does not fail on lone surrogates", () => {
    expect(link("/\u{d800}#\u{dfff}")).toMatchObject({ url: `${SITE}/%EF%BF%BD#%EF%BF%BD` });
  });
});
