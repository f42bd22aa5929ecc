import { beforeAll, describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { asctime, imfFixdate, rfc850 } from "../http/date-forms.ts";
import { currentValidators, expectAnswers, type Resource } from "./support/expect-answers.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const many = (count: number): string => Array.from({ length: count }, (_, index) => `"made-up-${index}"`).join(", ");

/** The validators that a client may send: those of the document, and those of others. */
interface KnownValidators {
  /** The document's entity tag, weak, as the server sent it. */
  readonly tag: string;
  /** The same without `W/`. */
  readonly strong: string;
  /** The same without quotes. */
  readonly opaque: string;
  /** Entity tag of another view. */
  readonly view: string;
  /** Entity tag of another format. */
  readonly format: string;
  /** The document's Last-Modified, in milliseconds. */
  readonly modified: number;
}

/** A title, the headers of a request, and the status of the response. */
type Row = readonly [name: string, headers: (known: KnownValidators) => Record<string, string>, status: number];

const header =
  (field: string) =>
  (name: string, value: (known: KnownValidators) => string, status: number): Row => [
    `${field}: ${name}`,
    (known) => ({ [field]: value(known) }),
    status,
  ];

const ifNoneMatch = header("If-None-Match");
const ifModifiedSince = header("If-Modified-Since");
const ifMatch = header("If-Match");
const ifUnmodifiedSince = header("If-Unmodified-Since");

const row = (...columns: Row): Row => columns;

/** Preconditions (RFC 9110 §13) on a document that does not change. */
const conditions: readonly Row[] = [
  row("no precondition", () => ({}), 200),

  // §13.1.2
  ifNoneMatch("the tag as it was sent", ({ tag }) => tag, 304),
  ifNoneMatch("its strong form, by weak comparison", ({ strong }) => strong, 304),
  ifNoneMatch("first of a list", ({ tag }) => `${tag}, "x", W/"y"`, 304),
  ifNoneMatch("in the middle of a list", ({ tag }) => `"x", ${tag}, W/"y"`, 304),
  ifNoneMatch("last of a list", ({ tag }) => `"x", W/"y", ${tag}`, 304),
  ifNoneMatch("its strong form in a list", ({ strong }) => `"x", ${strong}`, 304),
  ifNoneMatch("a list without spaces", ({ tag }) => `"x",${tag},"y"`, 304),
  ifNoneMatch("a list with odd spaces", ({ tag }) => `  "x" ,    ${tag}  ,"y" `, 304),
  ifNoneMatch("a list with tabs", ({ tag }) => `"x",\t${tag}\t,"y"`, 304),
  ifNoneMatch("after a tag that contains commas", ({ tag }) => `"a,b,", ${tag}`, 304),
  ifNoneMatch("after a tag whose text is W/", ({ tag }) => `"W/", ${tag}`, 304),
  ifNoneMatch("after a tag that ends in a backslash, which escapes nothing", ({ tag }) => `"a\\", ${tag}`, 304),
  ifNoneMatch("after an empty tag", ({ tag }) => `"", ${tag}`, 304),
  ifNoneMatch("a list with empty members", ({ tag }) => `,, ${tag} ,,`, 304),
  ifNoneMatch("named twice", ({ tag }) => `${tag}, ${tag}`, 304),
  ifNoneMatch("at the end of five thousand tags", ({ tag }) => `${many(5000)}, ${tag}`, 304),
  ifNoneMatch("any: *", () => "*", 304),
  ifNoneMatch("any, with spaces", () => "  *  ", 304),
  ifNoneMatch("with a small w, read as the tag it means", ({ opaque }) => `w/"${opaque}"`, 304),
  ifNoneMatch("marked weak twice, read as the tag it means", ({ tag }) => `W/${tag}`, 304),
  ifNoneMatch("another tag", () => 'W/"x"', 200),
  ifNoneMatch("five thousand other tags", () => many(5000), 200),
  ifNoneMatch("the tag of another view", ({ view }) => view, 200),
  ifNoneMatch("the tag of another format", ({ format }) => format, 200),
  ifNoneMatch("tags of another view and format", ({ view, format }) => `${view}, ${format}`, 200),
  ifNoneMatch("empty", () => "", 200),
  ifNoneMatch("commas only", () => " , ,", 200),
  ifNoneMatch("a tag that is a star", () => '"*"', 200),
  ifNoneMatch("a weak star, which is no tag", () => "W/*", 200),
  ifNoneMatch("a star in a list, which is no tag", () => '*, "x"', 200),
  ifNoneMatch("unquoted", ({ opaque }) => opaque, 200),
  ifNoneMatch("in single quotes", ({ opaque }) => `'${opaque}'`, 200),
  ifNoneMatch("its closing quote missing", ({ opaque }) => `"${opaque}`, 200),
  ifNoneMatch("its opening quote missing", ({ opaque }) => `${opaque}"`, 200),
  ifNoneMatch("in capitals", ({ strong }) => strong.toUpperCase(), 200),
  ifNoneMatch("with a character less", ({ opaque }) => `"${opaque.slice(0, -1)}"`, 200),
  ifNoneMatch("with a character more", ({ opaque }) => `"${opaque}0"`, 200),
  ifNoneMatch("with a blank inside the quotes", ({ opaque }) => `" ${opaque}"`, 200),
  ifNoneMatch("percent-encoded", ({ opaque }) => `%22${opaque}%22`, 200),

  // §13.1.3, §5.6.7
  ifModifiedSince("the date as it was sent", ({ modified }) => imfFixdate(modified), 304),
  ifModifiedSince("a second later", ({ modified }) => imfFixdate(modified + 1000), 304),
  ifModifiedSince("a year later", ({ modified }) => imfFixdate(modified + 31_536_000_000), 304),
  ifModifiedSince("far in the future", () => "Fri, 31 Dec 9999 23:59:59 GMT", 304),
  ifModifiedSince("a second earlier", ({ modified }) => imfFixdate(modified - 1000), 200),
  ifModifiedSince("a year earlier", ({ modified }) => imfFixdate(modified - 31_536_000_000), 200),
  ifModifiedSince("year 1, the default date of .NET", () => "Mon, 01 Jan 0001 00:00:00 GMT", 200),
  ifModifiedSince("1970", () => "Thu, 01 Jan 1970 00:00:00 GMT", 200),
  ifModifiedSince("equal, by RFC 850", ({ modified }) => rfc850(modified), 304),
  ifModifiedSince("earlier, by RFC 850", ({ modified }) => rfc850(modified - 1000), 200),
  ifModifiedSince("equal, by asctime", ({ modified }) => asctime(modified), 304),
  ifModifiedSince("earlier, by asctime", ({ modified }) => asctime(modified - 1000), 200),
  ifModifiedSince("with the wrong weekday", ({ modified }) => imfFixdate(modified).replace(/^\w+/, "Mon"), 304),
  ifModifiedSince("a word", () => "yesterday", 200),
  ifModifiedSince("empty", () => "", 200),
  ifModifiedSince("a number", ({ modified }) => String(modified / 1000), 200),
  ifModifiedSince("ISO 8601", ({ modified }) => new Date(modified + 1000).toISOString(), 200),
  ifModifiedSince("with an offset for a zone", ({ modified }) => imfFixdate(modified).replace("GMT", "+0000"), 200),
  ifModifiedSince("with UTC for a zone", ({ modified }) => imfFixdate(modified).replace("GMT", "UTC"), 200),
  ifModifiedSince("in small letters", ({ modified }) => imfFixdate(modified).toLowerCase(), 200),
  ifModifiedSince("without a weekday", ({ modified }) => imfFixdate(modified).replace(/^\w+, /, ""), 200),
  ifModifiedSince("a day that does not exist", () => "Mon, 30 Feb 2099 00:00:00 GMT", 200),
  ifModifiedSince("an hour that does not exist", () => "Mon, 02 Feb 2099 24:00:00 GMT", 200),
  ifModifiedSince("two dates", ({ modified }) => `${imfFixdate(modified)}, ${imfFixdate(modified)}`, 200),
  ifModifiedSince(
    "with a length after it, as Netscape sent it",
    ({ modified }) => `${imfFixdate(modified)}; length=1234`,
    200,
  ),
  row(
    "If-None-Match of another tag, whatever the date",
    ({ modified }) => ({ "if-none-match": '"x"', "if-modified-since": imfFixdate(modified) }),
    200,
  ),
  row(
    "If-None-Match that is invalid, whatever the date",
    ({ modified }) => ({ "if-none-match": "x", "if-modified-since": imfFixdate(modified) }),
    200,
  ),
  row(
    "If-None-Match that is empty, whatever the date",
    ({ modified }) => ({ "if-none-match": "", "if-modified-since": imfFixdate(modified) }),
    200,
  ),
  row(
    "If-None-Match of the tag, whatever the date",
    ({ tag, modified }) => ({ "if-none-match": tag, "if-modified-since": imfFixdate(modified - 1000) }),
    304,
  ),
  row(
    "If-None-Match of the tag beside a bad date",
    ({ tag }) => ({ "if-none-match": tag, "if-modified-since": "yesterday" }),
    304,
  ),
  row(
    "If-None-Match: * beside an earlier date",
    ({ modified }) => ({ "if-none-match": "*", "if-modified-since": imfFixdate(modified - 1000) }),
    304,
  ),

  // §13.1.1: strong comparison, and the tags are weak
  ifMatch("the tag as it was sent, which is weak", ({ tag }) => tag, 412),
  ifMatch("its strong form", ({ strong }) => strong, 412),
  ifMatch("a list with it", ({ tag, strong }) => `"x", ${tag}, ${strong}`, 412),
  ifMatch("another tag", () => '"x"', 412),
  ifMatch("empty", () => "", 412),
  ifMatch("an invalid tag", () => "x", 412),
  ifMatch("a tag that is a star", () => '"*"', 412),
  ifMatch("any: *", () => "*", 200),
  ifMatch("any, with spaces", () => " * ", 200),

  // §13.1.4
  ifUnmodifiedSince("the date as it was sent", ({ modified }) => imfFixdate(modified), 200),
  ifUnmodifiedSince("a second later", ({ modified }) => imfFixdate(modified + 1000), 200),
  ifUnmodifiedSince("a second earlier", ({ modified }) => imfFixdate(modified - 1000), 412),
  ifUnmodifiedSince("equal, by RFC 850", ({ modified }) => rfc850(modified), 200),
  ifUnmodifiedSince("earlier, by RFC 850", ({ modified }) => rfc850(modified - 1000), 412),
  ifUnmodifiedSince("equal, by asctime", ({ modified }) => asctime(modified), 200),
  ifUnmodifiedSince("earlier, by asctime", ({ modified }) => asctime(modified - 1000), 412),
  ifUnmodifiedSince("a word", () => "yesterday", 200),
  ifUnmodifiedSince("empty", () => "", 200),

  // §13.2.2
  row("If-Match fails before If-None-Match", ({ tag }) => ({ "if-match": tag, "if-none-match": tag }), 412),
  row("If-Match fails, another If-None-Match", ({ tag }) => ({ "if-match": tag, "if-none-match": '"x"' }), 412),
  row("If-Match holds, If-None-Match decides", ({ tag }) => ({ "if-match": "*", "if-none-match": tag }), 304),
  row("If-Match holds, another If-None-Match", () => ({ "if-match": "*", "if-none-match": '"x"' }), 200),
  row(
    "If-Match holds, If-Modified-Since decides",
    ({ modified }) => ({ "if-match": "*", "if-modified-since": imfFixdate(modified) }),
    304,
  ),
  row(
    "If-Match holds, If-Unmodified-Since is ignored beside it",
    ({ modified }) => ({ "if-match": "*", "if-unmodified-since": imfFixdate(modified - 1000) }),
    200,
  ),
  row(
    "If-Match fails, If-Unmodified-Since is ignored beside it",
    ({ modified }) => ({ "if-match": '"x"', "if-unmodified-since": imfFixdate(modified) }),
    412,
  ),
  row(
    "If-Unmodified-Since fails before If-None-Match",
    ({ tag, modified }) => ({ "if-unmodified-since": imfFixdate(modified - 1000), "if-none-match": tag }),
    412,
  ),
  row(
    "If-Unmodified-Since holds, If-None-Match decides",
    ({ tag, modified }) => ({ "if-unmodified-since": imfFixdate(modified), "if-none-match": tag }),
    304,
  ),
  row(
    "If-Unmodified-Since holds, If-Modified-Since decides",
    ({ modified }) => ({ "if-unmodified-since": imfFixdate(modified), "if-modified-since": imfFixdate(modified) }),
    304,
  ),
  row(
    "If-Unmodified-Since fails before If-Modified-Since",
    ({ modified }) => ({
      "if-unmodified-since": imfFixdate(modified - 1000),
      "if-modified-since": imfFixdate(modified),
    }),
    412,
  ),
  row(
    "all four, the third decides",
    ({ tag, modified }) => ({
      "if-match": "*",
      "if-unmodified-since": imfFixdate(modified - 1000),
      "if-none-match": tag,
      "if-modified-since": imfFixdate(modified - 1000),
    }),
    304,
  ),
  row("Range, which only media files support", () => ({ range: "bytes=0-9" }), 200),
  row("Range with If-Range", ({ tag }) => ({ range: "bytes=0-9", "if-range": tag }), 200),
  row("Range with If-None-Match", ({ tag }) => ({ range: "bytes=0-9", "if-none-match": tag }), 304),
];

const DEPLOYED = instant("2026-03-01T12:00:00Z");

describe("preconditions on a feed, the negotiated feed and a page, by GET and HEAD", () => {
  const resources: readonly Resource[] = [
    { path: "/rss.xml" },
    { path: "/feed", accept: "application/atom+xml" },
    { path: "/articles/first", accept: "text/html" },
  ];
  const files = { "first.md": story("first", { tags: ["one"] }), "second.md": story("second") };
  let served: ServedSite;
  let view: string;
  let format: string;

  beforeAll(async () => {
    served = await serveFiles(files, { now: DEPLOYED + 3_600_500, deployed: DEPLOYED + 250 });
    view = (await currentValidators(served, { path: "/tags/one/rss.xml" })).tag;
    format = (await currentValidators(served, { path: "/feed.json" })).tag;
  });

  it.each(conditions)("%s", async (_, headersFor, status) => {
    for (const resource of resources) {
      const { tag, modified } = await currentValidators(served, resource);
      expect(tag).toMatch(/^W\/"[\w.-]{22,249}"$/);
      expect(modified).toBe(DEPLOYED);
      const strong = tag.slice(2);
      const known = { tag, strong, opaque: strong.slice(1, -1), view, format, modified };
      await expectAnswers(served, resource, headersFor(known), status);
    }
  });

  it("has at least a hundred rows", () => expect(conditions.length).toBeGreaterThanOrEqual(100));

  it("a 304 has only the headers that clients and caches need", async () => {
    const response = await served.fetch("/feed", { headers: { "if-none-match": "*" } });
    expect(response.status).toBe(304);
    expect(Object.keys(headersOf(response)).sort()).toEqual([
      "access-control-allow-origin",
      "access-control-expose-headers",
      "cache-control",
      "content-location",
      "etag",
      "last-modified",
      "link",
      "vary",
      "x-content-type-options",
    ]);
  });

  it.each([
    ["a redirect", "/rss", 301],
    ["an unknown path", "/nothing", 404],
  ])("%s is answered the same whatever the preconditions", async (_, path, status) => {
    for (const name of ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"]) {
      const response = await served.fetch(path, { headers: { [name]: name.endsWith("since") ? imfFixdate(0) : "*" } });
      expect(response.status).toBe(status);
    }
  });

  it.each([
    ["POST", 405],
    ["PUT", 405],
    ["DELETE", 405],
    ["OPTIONS", 204],
  ])("%s ignores preconditions", async (method, status) => {
    const { tag } = await currentValidators(served, { path: "/rss.xml" });
    for (const headers of [{ "if-none-match": tag }, { "if-none-match": "*" }, { "if-match": tag }]) {
      expect((await served.fetch("/rss.xml", { method, headers })).status).toBe(status);
    }
  });
});
