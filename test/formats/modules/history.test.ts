import { describe, expect, it } from "vitest";
import { HISTORY_NAMESPACE, renderArchive } from "../../../src/formats/modules/history.ts";
import type { Feed } from "../../../src/model/feed.ts";
import { atomName } from "../support/names.ts";
import { sampleFeed } from "../support/samples.ts";
import { childrenOf, readXml } from "../support/xml-reader.ts";

const ATOM = "http://www.w3.org/2005/Atom";

const format = { fileName: "atom.xml", mediaType: "application/atom+xml" };

/** The elements that are rendered, read with Atom as the default namespace and as the prefix `atom`. */
const read = (changes: Partial<Feed>, linkElement: "link" | "atom:link" = "link") => {
  const rendered = renderArchive(sampleFeed(changes), linkElement, format);
  return readXml(`<feed xmlns="${ATOM}" xmlns:atom="${ATOM}" xmlns:fh="${HISTORY_NAMESPACE}">${rendered}</feed>`);
};

const linksOf = (...arguments_: Parameters<typeof read>) =>
  childrenOf(read(...arguments_), atomName("link")).map(({ attributes }) => [
    attributes.get("rel"),
    attributes.get("href"),
    attributes.get("type"),
  ]);

const isArchive = (changes: Partial<Feed>): boolean =>
  childrenOf(read(changes), `{${HISTORY_NAMESPACE}}archive`).length === 1;

const current = "https://example.org/";
const previous = "https://example.org/archive/1/";

describe("archived feeds (RFC 5005 §4)", () => {
  it("are nothing to a feed without archive pages", () => {
    expect(renderArchive(sampleFeed(), "link", format)).toBe("");
  });

  it("have a link from the current feed to the archive page before it", () => {
    expect(linksOf({ previous })).toEqual([["prev-archive", `${previous}atom.xml`, "application/atom+xml"]]);
    expect(isArchive({ previous })).toBe(false);
  });

  it("have fh:archive and a link to the current feed on an archive page", () => {
    expect(isArchive({ current })).toBe(true);
    expect(linksOf({ current })).toEqual([["current", `${current}atom.xml`, "application/atom+xml"]]);
    expect(linksOf({ current, previous }).map(([rel]) => rel)).toEqual(["current", "prev-archive"]);
  });

  it("have the same links in RSS, by the name that it gives to Atom's element", () => {
    expect(linksOf({ current, previous }, "atom:link")).toEqual(linksOf({ current, previous }));
  });
});
