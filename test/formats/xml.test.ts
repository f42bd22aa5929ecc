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

  it("leaves text alone that needs no escaping", () => {
    expect(escapeText('"It\'s" – fine\n')).toBe('"It\'s" – fine\n');
  });

  it.each(HARD)("is read back as it was: %j", (text) => {
    expect(readXml(`<a>${escapeText(text)}</a>`).text).toBe(text);
  });
});

describe("escapeAttribute", () => {
  it("keeps white space that XML would turn into blanks", () => {
    expect(escapeAttribute("a\tb\nc\rd")).toBe("a&#x9;b&#xA;c&#xD;d");
  });

  it.each(HARD)("is read back as it was: %j", (text) => {
    expect(readXml(`<a b="${escapeAttribute(text)}"/>`).attributes.get("b")).toBe(text);
  });
});

describe("cdata", () => {
  it("is one section where nothing forbids it", () => {
    expect(cdata("<p>a & b</p>").join("")).toBe("<![CDATA[<p>a & b</p>]]>");
  });

  it("is split where the HTML holds the end of a section", () => {
    expect(cdata("a]]>b").join("")).toBe("<![CDATA[a]]]]><![CDATA[>b]]>");
  });

  it.each(HARD)("is read back as it was: %j", (text) => {
    expect(readXml(`<a>${cdata(text).join("")}</a>`).text).toBe(text);
  });
});

describe("elements", () => {
  it("have their attributes in the order given, without those that are absent", () => {
    expect(attributes({ b: 0, a: "x & y", none: undefined })).toBe(' b="0" a="x &#x26; y"');
    expect(emptyElement("link", { rel: "self", type: undefined })).toBe('<link rel="self"/>\n');
  });

  it("are not written where their text is absent, and are where it is empty", () => {
    expect(textElement("a", undefined, { b: 1 })).toBe("");
    expect(textElement("a", "", { b: 1 })).toBe('<a b="1"></a>\n');
  });

  it("are empty where no element stands in them", () => {
    expect(element("a", { b: 1 }, "")).toBe('<a b="1"/>\n');
    expect(element("a", {}, "<b/>\n")).toBe("<a>\n<b/>\n</a>\n");
  });
});

describe("xmlHead", () => {
  it("says UTF-8, and styles the document with CSS, since browsers dropped XSLT", () => {
    expect(xmlHead("https://example.org")).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="https://example.org/style.css"?>\n',
    );
  });
});
