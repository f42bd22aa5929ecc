import { describe, expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import { rss } from "../../src/formats/rss.ts";
import { violationsOfAtom } from "./support/atom-rules.ts";
import { violationsOfJsonFeed } from "./support/json-feed-schema.ts";
import { render } from "./support/render.ts";
import { violationsOfRss } from "./support/rss-rules.ts";
import { richFeed, UPDATED } from "./support/samples.ts";

// Tests the rules in support/ that other tests rely on: each is broken here on purpose, and must notice.

/** Returns a document in which the first match of a pattern is replaced. */
const broken = (document: string, pattern: string | RegExp, replacement: string): string => {
  const changed = document.replace(pattern, () => replacement);
  if (changed === document) throw new Error(`${pattern} does not match the document`);
  return changed;
};

type Case = readonly [rule: string, pattern: string | RegExp, replacement: string, violation: string];

const GUID = '<guid isPermaLink="false">tag:example.org,2026:story</guid>';
const ENCLOSURE = /<enclosure [^>]*\/>/;

describe("the rules for RSS notice", () => {
  it.each<Case>([
    ["another version", 'version="2.0"', 'version="0.91"', "the root is not rss version 2.0"],
    ["a second channel", "</channel>", "</channel><channel/>", "there is not exactly one channel"],
    ["no description", /<description>News.*<\/description>/, "", "channel needs exactly one description"],
    ["an empty title", "<title>The Courier</title>", "<title></title>", "channel needs exactly one title"],
    ["a repeated singleton", "<generator>", "<generator/><generator>", "generator is repeated in channel"],
    ["a named reference", "&#x26;", "&amp;", "&amp; is no hexadecimal reference"],
    [
      "a relative link",
      "<link>https://elsewhere.example/story",
      "<link>/story",
      "the link is relative: /story?a=1&b=2",
    ],
    [
      "a relative attribute",
      'url="https://example.org/media/a.mp3"',
      'url="/a.mp3"',
      "url of enclosure is relative: /a.mp3",
    ],
    ["no self link", 'rel="self"', 'rel="alternate"', "there is not exactly one atom:link rel=self"],
    [
      "a permalink that is none",
      GUID,
      "<guid>tag:example.org,2026:story</guid>",
      "isPermaLink is true, but the guid is not the link",
    ],
    ["a missing guid", GUID, "", "the item has no guid"],
    [
      "a second enclosure",
      ENCLOSURE,
      '<enclosure url="https://a.example/" type="a/b" length="0"/>'.repeat(2),
      "there is more than one enclosure",
    ],
    [
      "an enclosure without length",
      ENCLOSURE,
      '<enclosure url="https://a.example/" type="a/b"/>',
      "the enclosure needs a length, 0 where it is unknown",
    ],
    ["a date in words", "Thu, 01 Jan 2026 18:00:00 GMT", "1 January 2026", "1 January 2026 is no RFC 822 date in GMT"],
    [
      "a wrong weekday",
      "Thu, 01 Jan 2026 18:00:00 GMT",
      "Mon, 01 Jan 2026 18:00:00 GMT",
      "Mon, 01 Jan 2026 18:00:00 GMT is no RFC 822 date in GMT",
    ],
    [
      "a date to come",
      "Thu, 01 Jan 2026 18:00:00 GMT",
      "Fri, 01 Jan 2027 18:00:00 GMT",
      "the item is dated in the future: Fri, 01 Jan 2027 18:00:00 GMT",
    ],
    [
      "content:encoded before the description",
      "<description>In short",
      "<content:encoded/><description>In short",
      "content:encoded does not stand behind the description",
    ],
    [
      "a bare name as author",
      "<dc:creator>Ana",
      "<author>Ana</author><dc:creator>Ana",
      "author needs an e-mail address",
    ],
    [
      "author beside dc:creator",
      "<dc:creator>Ana",
      "<author>a@b.example (Ana)</author><dc:creator>Ana",
      "author and dc:creator stand together",
    ],
    ["a wide picture", "<width>144</width>", "<width>145</width>", "the image is wider than 144 pixels"],
    ["a high picture", "<height>40</height>", "<height>401</height>", "the image is higher than 400 pixels"],
    [
      "a picture with another title",
      /(?<=<image>.*)<title>The Courier<\/title>/s,
      "<title>Logo</title>",
      "the image has another title than the channel",
    ],
    ["a relative URL in HTML", "<p>In full</p>", '<img src="/a.jpg">', "the HTML holds a relative URL: /a.jpg"],
    [
      "a relative candidate",
      "<p>In full</p>",
      '<img srcset="https://a.example/ 1x, b.jpg 2x">',
      "the HTML holds a relative URL: b.jpg",
    ],
    ["the same guid twice", "2026:other</guid>", "2026:story</guid>", "two items have the same guid"],
    ["an empty file with a size", 'fileSize="9"', 'fileSize="0"', "fileSize must be a positive whole number"],
    ["a fraction of a second", 'duration="61"', 'duration="61.4"', "duration must be whole seconds"],
    ["an invented medium", 'medium="image"', 'medium="photo"', "medium is none of Media RSS"],
  ])("%s", (_, pattern, replacement, violation) => {
    expect(violationsOfRss(broken(render(rss, richFeed), pattern, replacement), UPDATED)).toContain(violation);
  });

  it.each<[string, string | RegExp, string]>([
    ["an undeclared prefix", "<generator>", "<other:x/><generator>"],
    ["a doubled attribute", 'rel="self"', 'rel="self" rel="self"'],
    ["a control character", "<p>In full</p>", "\u0001"],
    ["a second CDATA end", "<p>In full</p>", "]]>]]>"],
  ])("%s, which a strict parser rejects", (_, pattern, replacement) => {
    expect(() => violationsOfRss(broken(render(rss, richFeed), pattern, replacement), UPDATED)).toThrow();
  });
});

const ID = "{http://www.w3.org/2005/Atom}id";

describe("the rules for Atom notice", () => {
  it.each<Case>([
    [
      "a second id",
      "<id>",
      "<id>tag:example.org,2026:x</id><id>",
      `${ID} is repeated in {http://www.w3.org/2005/Atom}feed`,
    ],
    [
      "no title",
      "<title>The Courier</title>",
      "",
      "{http://www.w3.org/2005/Atom}feed needs exactly one {http://www.w3.org/2005/Atom}title",
    ],
    ["a relative id", "<id>tag:example.org,2026:story</id>", "<id>story</id>", "the id is no absolute IRI: story"],
    ["no self link", 'rel="self"', 'rel="related"', "there is not exactly one link rel=self"],
    [
      "a second alternate",
      '<link rel="hub"',
      '<link rel="alternate" type="text/html" href="https://b.example/"/><link rel="hub"',
      "two alternates have the same type and hreflang",
    ],
    [
      "a date without zone",
      "2026-01-01T18:00:00Z",
      "2026-01-01T18:00:00",
      "2026-01-01T18:00:00 is no RFC 3339 date with T and Z",
    ],
    [
      "small letters in a date",
      'when="2026-01-02T09:00:00Z"',
      'when="2026-01-02t09:00:00z"',
      "2026-01-02t09:00:00z is no RFC 3339 date with T and Z",
    ],
    ["no author anywhere", /<author>.*?<\/author>/s, "", "neither feed nor entry has an author"],
    [
      "a nameless author",
      "<name>Bo</name>",
      "",
      "{http://www.w3.org/2005/Atom}author needs exactly one {http://www.w3.org/2005/Atom}name",
    ],
    [
      "neither content nor alternate",
      /<link rel="alternate"[^>]*story"\/>.*?<content.*?<\/content>/s,
      "",
      "the entry has neither content nor an alternate link",
    ],
    [
      "markup of an unknown type",
      '<content type="html">',
      '<content type="xhtml">',
      "{http://www.w3.org/2005/Atom}content has the type xhtml",
    ],
    [
      "the same entry twice",
      "<id>tag:example.org,2026:other</id>",
      "<id>tag:example.org,2026:story</id>",
      "two entries have the same id",
    ],
    ["the same tombstone twice", "2026:over", "2026:gone", "two tombstones have the same ref and when"],
    [
      "an entry of another time than its tombstone",
      'ref="tag:example.org,2026:over" when="2026-01-02T09:00:00Z"',
      'ref="tag:example.org,2026:story" when="2026-01-02T08:59:59Z"',
      "an entry is not of the time at which its tombstone says that it was removed",
    ],
    [
      "a relative link",
      'href="https://paper.example/1"',
      'href="/1"',
      "href of {http://www.w3.org/2005/Atom}link is relative: /1",
    ],
    ["a category without term", 'term="Iraq"', 'term=""', "a category has no term"],
  ])("%s", (_, pattern, replacement, violation) => {
    expect(violationsOfAtom(broken(render(atom, richFeed), pattern, replacement))).toContain(violation);
  });
});

describe("the rules for JSON Feed notice", () => {
  it.each<Case>([
    ["version 1", "version/1.1", "version/1", "version: "],
    ["an unknown key", '"title":"Story"', '"title":"Story","name":"x"', "items.1.name: "],
    ["the old author", '"authors":[{"name":"Ana', '"author":{"name":"x"},"authors":[{"name":"Ana', "items.1.author: "],
    ["a number for an id", '"id":"tag:example.org,2026:story"', '"id":1', "items.1.id: "],
    ["neither text", '"content_html":"<p>In full</p>",', "", "items.1: needs content_html or content_text"],
    ["a full stop in an extension", '"_feedwright":{', '"_feedwright":{"a.b":1,', "the key a.b has a full stop"],
    ["an extension without a letter", '"tags":', '"_1":{},"tags":', "items.1._1: "],
    [
      "a date without zone",
      "2026-01-01T18:00:00Z",
      "2026-01-01T18:00:00",
      "items.0.date_published: must be RFC 3339 in UTC",
    ],
    ["the same id twice", "2026:other", "2026:story", "items: two items have the same id"],
    [
      "a relative address",
      '"url":"https://example.org/media/a.mp3"',
      '"url":"/a.mp3"',
      "items.1.attachments.0.url: must be an absolute URL",
    ],
    ["an empty list", '"tags":["World & Politics","C++ & <C>","Iraq"]', '"tags":[]', "items.1.tags: "],
    [
      "a relative URL in HTML",
      "<p>In full</p>",
      "<a href='/x'>x</a>",
      "items.1.content_html: must hold no relative URL",
    ],
    [
      "a fraction of a second",
      '"duration_in_seconds":61',
      '"duration_in_seconds":61.4',
      "items.1.attachments.0.duration_in_seconds: ",
    ],
    ["an attachment without type", '"mime_type":"audio/mpeg",', "", "items.1.attachments.0.mime_type: "],
  ])("%s", (_, pattern, replacement, violation) => {
    const violations = violationsOfJsonFeed(broken(render(jsonFeed, richFeed), pattern, replacement));
    expect(violations.filter((one) => one.startsWith(violation))).not.toEqual([]);
  });
});
