import { describe, expect, it } from "vitest";
import {
  attributes,
  cdata,
  element,
  emptyElement,
  escapeAttribute,
  escapeText,
  textElement,
  xmlHead,
} from "../../src/formats/xml.ts";
import { textOfHtml } from "./support/html.ts";
import { readXml } from "./support/xml-reader.ts";

const HARD = [
  "plain",
  "",
  "AT&T & &amp; &#x26;",
  "a < b > c",
  "]]>",
  "]]]]>>]]>",
  "]]",
  "<![CDATA[ x ]]>",
  "</a><b>",
  "one\rtwo\r\nthree\n\tfour",
  "\"double\" and 'single'",
  "e\u0301 \u202eRTL\u202c 👩‍👩‍👧‍👦 \u{10fffd} \u0085 \u2028",
];

describe("escapeText", () => {
  it("uses hexadecimal references (RSS profile §3.1)", () => {
    expect(escapeText("a & b < c > d")).toBe("a &#x26; b &#x3C; c &#x3E; d");
  });

  it("leaves text as it is that needs no escaping", () => {
    expect(escapeText('"It\'s" – fine\n')).toBe('"It\'s" – fine\n');
  });

  it.each(HARD)("is parsed to what it was: %j", (text) => {
    expect(readXml(`<a>${escapeText(text)}</a>`).text).toBe(text);
  });
});

describe("escapeAttribute", () => {
  it("keeps white space that a parser would turn into spaces", () => {
    expect(escapeAttribute("a\tb\nc\rd")).toBe("a&#x9;b&#xA;c&#xD;d");
  });

  it.each(HARD)("is parsed to what it was: %j", (text) => {
    expect(readXml(`<a b="${escapeAttribute(text)}"/>`).attributes.get("b")).toBe(text);
  });
});

describe("cdata", () => {
  it("is one section if nothing forbids that", () => {
    expect(cdata("<p>a & b</p>").join("")).toBe("<![CDATA[<p>a & b</p>]]>");
  });

  it("writes what would end the section as a reference of HTML", () => {
    expect(cdata("a]]>b ]]>c").join("")).toBe("<![CDATA[a]]&#x3E;b ]]&#x3E;c]]>");
  });

  it.each(HARD)("is one section, which is parsed to the same HTML: %j", (text) => {
    const section = cdata(text).join("");
    expect(section.indexOf("]]>")).toBe(section.length - 3);
    const withReferences = text.replaceAll("]]>", "]]&#x3E;").replaceAll("\r", "&#xD;");
    expect(readXml(`<a>${section}</a>`).text).toBe(withReferences);
    const lineFeeds = (html: string): string => textOfHtml(html).replaceAll(/\r\n?/g, "\n");
    expect(lineFeeds(withReferences)).toBe(lineFeeds(text));
  });
});

describe("elements", () => {
  it("have their attributes in the order given, without those that are undefined", () => {
    expect(attributes({ b: 0, a: "x & y", none: undefined })).toBe(' b="0" a="x &#x26; y"');
    expect(emptyElement("link", { rel: "self", type: undefined })).toBe('<link rel="self"/>\n');
  });

  it("are not written if their text is undefined, and are if it is empty", () => {
    expect(textElement("a", undefined, { b: 1 })).toBe("");
    expect(textElement("a", "", { b: 1 })).toBe('<a b="1"></a>\n');
  });

  it("are empty if they hold no elements", () => {
    expect(element("a", { b: 1 }, "")).toBe('<a b="1"/>\n');
    expect(element("a", {}, "<b/>\n")).toBe("<a>\n<b/>\n</a>\n");
  });
});

describe("xmlHead", () => {
  it("declares UTF-8, and a style sheet in CSS, since browsers dropped XSLT", () => {
    expect(xmlHead("https://example.org")).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="https://example.org/style.css"?>\n',
    );
  });
});
