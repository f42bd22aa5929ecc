import { describe, expect, it } from "vitest";
import { PLACEHOLDER_ORIGIN_RESERVED } from "../../../src/content/references/placeholder-origin.ts";
import {
  type ReferenceContext,
  resolveReference,
  storyUrl,
  trimReference,
  unusableScheme,
  withScheme,
} from "../../../src/content/references/references.ts";
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

const media = (reference: string, path = "hello.md") => resolveReference(reference, base(path), "media");

describe("the scheme of a reference", () => {
  it.each([
    ["http", "url", "url"],
    ["https", "url", "url"],
    ["mailto", "url", "removed"],
    ["tel", "url", "removed"],
    ["javascript", "refused", "refused"],
    ["vbscript", "refused", "refused"],
    ["livescript", "refused", "refused"],
    ["mocha", "refused", "refused"],
    ["data", "refused", "removed"],
    ["sms", "removed", "removed"],
    ["geo", "removed", "removed"],
    ["ftp", "removed", "removed"],
    ["file", "removed", "removed"],
    ["blob", "removed", "removed"],
    ["web+x", "removed", "removed"],
    // A drive, a host with a port, slips of the pen.
    ["c", "refused", "refused"],
    ["localhost", "refused", "refused"],
    ["example.org", "refused", "refused"],
    ["htps", "refused", "refused"],
    ["hhtp", "refused", "refused"],
    ["htttps", "refused", "refused"],
    ["hts", "refused", "refused"],
  ])("%s: a link is %s, a picture %s", (scheme, asLink, asMedia) => {
    const outcomeOf = (kind: "link" | "media"): string => {
      const reference = `${scheme}://example.org/x`;
      for (const written of [reference, ` \n${reference.toUpperCase()}`]) {
        expect(unusableScheme(written, kind)).toBe(unusableScheme(reference, kind));
      }
      if (unusableScheme(reference, kind) !== undefined) return "removed";
      return typeof resolveReference(reference, base("hello.md"), kind) === "string" ? "refused" : "url";
    };
    expect([outcomeOf("link"), outcomeOf("media")]).toEqual([asLink, asMedia]);
  });
});

describe("an address without its scheme", () => {
  it.each([
    ["www.example.org", "https://www.example.org"],
    ["WWW.example.org/x", "https://WWW.example.org/x"],
    ["www./x", undefined],
    ["example.org", "https://example.org"],
    ["a.example.com/x", "https://a.example.com/x"],
    ["example.org:80", "https://example.org:80"],
    ["example.org?x", "https://example.org?x"],
    ["example.org#x", "https://example.org#x"],
    ["example.orgx", undefined],
    ["example.md", undefined],
    ["x.png", undefined],
    ["me@example.org", "mailto:me@example.org"],
    ["me+x.y@a-b.example.org", "mailto:me+x.y@a-b.example.org"],
    ["me@example", undefined],
    ["https//example.org", "https://example.org"],
    ["http;//example.org", "http://example.org"],
    ["https,/example.org", "https://example.org"],
    ["https.//example.org", "https://example.org"],
    ["https://example.org", undefined],
    ["https/example", undefined],
    [" \n www.example.org ", "https://www.example.org"],
  ])("%j means %j", (reference, meant) => {
    expect(withScheme(reference)).toBe(meant);
  });

  it.each("com org net edu gov info eu uk de fr es at ch nl jp cn kr ru ca au us".split(" "))(
    "may end in .%s",
    (end) => {
      expect(withScheme(`a.${end}/b`)).toBe(`https://a.${end}/b`);
    },
  );
});

it.each([
  ["a\tb\nc\rd\te", "abcde"],
  ["\0\x1f\x20 a b \x20\x1f\0", "a b"],
  ["\u{a0}a\u{a0}", "a"],
  ["a\x01 ", "a"],
  ["!a~", "!a~"],
  ["", ""],
  [" ", ""],
])("%j is read as %j", (reference, trimmed) => {
  expect(trimReference(reference)).toBe(trimmed);
});

describe("a reference in a story", () => {
  it.each([
    ["other.MD", "hello.md", "There is no story `content/other.MD`. Did you mean `other.md`?"],
    ["other.md#a%20b", "hello.md", `${SITE}/articles/other#other-a%20b`],
    ["other.md#a%", "hello.md", `${SITE}/articles/other#other-a%25`],
    ["other.md?x", "hello.md", `${SITE}/articles/other`],
    ["media/cafe\u{301}.png#x", "hello.md", `${SITE}/media/caf%C3%A9.png#x`],
    [`media/x.png#${SITE}`, "hello.md", PLACEHOLDER_ORIGIN_RESERVED],
    [`${SITE}/x`, "hello.md", PLACEHOLDER_ORIGIN_RESERVED],
    [`x?${SITE}`, "hello.md", PLACEHOLDER_ORIGIN_RESERVED],
    ["\\\\example.org/x", "hello.md", "https://example.org/x"],
    ["\\x", "world/embassy.md", `${SITE}/x`],
    ["./media/x.png", "world/embassy.md", `${SITE}/media/x.png`],
    [".\\media\\x.png", "world/embassy.md", `${SITE}/media/x.png`],
    ["x.md", "world/embassy.md", "There is no story `content/world/x.md`. Mend the link."],
    ["x", "world/embassy.md", `${SITE}/articles/x`],
    ["#x", "hello.md", `${SITE}/articles/hello#hello-x`],
    ["https://[::1]/x", "hello.md", "https://[::1]/x"],
    ["https://%5B::1%5D:80/x", "hello.md", "https://[::1]:80/x"],
    ["//a@%5B::1%5D", "hello.md", "https://a@[::1]/"],
    [
      "https://[fe80::1%25eth0]/",
      "hello.md",
      "`https://[fe80::1%25eth0]/` is not a URL. An IPv6 address has no zone (%…) in it. Delete that.",
    ],
    ["https://exa mple.org/", "hello.md", "`https://exa mple.org/` is not a URL. Mend it."],
    ["sms:1", "hello.md", "`sms:` can't be used here. Use http, https, mailto, tel, or another story's file."],
  ])("%j in %s is %s", (reference, path, expected) => {
    const resolved = link(reference, path);
    expect(typeof resolved === "string" ? resolved : resolved.url).toBe(expected);
  });

  it.each([
    ["", "This address is empty. Name a file such as media/x.jpg, or an https URL."],
    ["sms:1", "`sms:` can't be used here. Use https, or a file in content/media."],
    ["talk.mp3", "`talk.mp3` is no media file. Did you mean `media/talk.mp3`?"],
    ["media/talk.mp4", "There is no file `content/media/talk.mp4`. Did you mean `media/talk.mp3`?"],
    ["other.md", "`other.md` is no media file. Name one such as media/x.jpg, or an https URL."],
    ["/x.png", "`/x.png` is no media file. Did you mean `media/x.png`?"],
  ])("%j is no media file: %s", (reference, message) => {
    expect(media(reference)).toBe(message);
  });

  it("has the file that it leads to, by its own name", () => {
    expect(media("media/cafe\u{301}.png")).toEqual({
      url: `${SITE}/media/caf%C3%A9.png`,
      media: { path: "media/café.png", file: { type: "image/png", length: 100, width: 640, height: 480 } },
    });
    expect(media("https://example.org/x.png")).toEqual({ url: "https://example.org/x.png" });
  });
});

it("a story's address has a fragment only for an element in it", () => {
  expect(storyUrl(CONTEXT, "a b")).toBe(`${SITE}/articles/a%20b`);
  expect(storyUrl(CONTEXT, "a b", "c d")).toBe(`${SITE}/articles/a%20b#a%20b-c%20d`);
  expect(storyUrl(CONTEXT, "\u{d800}", "\u{d800}")).toBe(`${SITE}/articles/%EF%BF%BD#%EF%BF%BD-%EF%BF%BD`);
});
