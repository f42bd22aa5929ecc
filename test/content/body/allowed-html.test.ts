import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, ORIGIN, storyOf } from "../support.ts";

// What stays of HTML, element by element. The tables are written from docs and specifications, not taken from the code.

describe("an attribute that stays", () => {
  it.each([
    ["a", "href", "https://example.org/"],
    ["a", "hreflang", "de"],
    ["a", "title", "x"],
    ["blockquote", "cite", "https://example.org/"],
    ["q", "cite", "https://example.org/"],
    ["del", "cite", "https://example.org/"],
    ["del", "datetime", "2026-01-01"],
    ["ins", "cite", "https://example.org/"],
    ["ins", "datetime", "2026-01-01"],
    ["p", "lang", "de"],
    ["p", "dir", "rtl"],
    ["abbr", "title", "x"],
    ["bdo", "dir", "rtl"],
    ["time", "datetime", "2026-01-01"],
    ["details", "open", ""],
    ["ol", "start", "3"],
    ["ol", "reversed", ""],
    ["ol", "type", "a"],
    ["li", "value", "4"],
  ])("<%s %s>", (element, name, value) => {
    expect(htmlOf(`<${element} ${name}="${value}">text</${element}>`)).toContain(
      value === "" ? ` ${name}` : `${name}="${value}"`,
    );
  });

  it.each(["colspan", "rowspan", "scope", "abbr"])("<th %s>", (name) => {
    const value = name.endsWith("span") ? "2" : "row";
    const html = htmlOf(`<table><tr><th ${name}="${value}">text</th></tr></table>`);
    expect(html).toContain(`${name}="${value}"`);
  });

  it.each([
    ["alt", "A"],
    ["width", "3"],
    ["height", "4"],
    ["loading", "lazy"],
    ["sizes", "50vw"],
    ["title", "x"],
  ])("<img %s>", (name, value) => {
    const other = name === "alt" ? "" : ' alt="A"';
    expect(htmlOf(`<img src="https://example.org/x.png"${other} ${name}="${value}">`)).toContain(`${name}="${value}"`);
  });

  it.each(["controls", "loop", "muted"])("<audio %s> and <video %s>", (name) => {
    for (const [element, file] of [
      ["audio", "talk.mp3"],
      ["video", "film.mp4"],
    ])
      expect(htmlOf(`<${element} src="media/${file}" ${name}></${element}>`)).toContain(` ${name}`);
  });

  it("<video playsinline preload poster width height>, <source type>, <track kind srclang label default>", () => {
    const html = htmlOf(
      '<video playsinline preload="none" poster="media/x.png" width="3" height="4"><source src="media/film.mp4" type="video/mp4"><track kind="captions" srclang="en" label="English" src="media/en.vtt" default></video>',
    );
    for (const part of [" playsinline", 'preload="none"', `poster="${ORIGIN}/media/x.png"`, 'width="3"', 'height="4"'])
      expect(html).toContain(part);
    for (const part of ['type="video/mp4"', 'kind="captions"', 'srclang="en"', 'label="English"', " default"])
      expect(html).toContain(part);
    for (const path of ["film.mp4", "en.vtt"]) expect(html).toContain(`src="${ORIGIN}/media/${path}"`);
  });
});

describe("an attribute that goes", () => {
  it.each([
    // Scripts and styles
    ...["onclick", "onload", "onerror", "onmouseover", "style"],
    // Forms
    ...["accept", "accept-charset", "accesskey", "action", "enctype", "formaction", "maxlength", "method", "multiple"],
    ...["prompt", "readonly", "selected", "tabindex", "for", "contenteditable", "autofocus"],
    // Image maps
    ...["coords", "ismap", "nohref", "shape", "usemap", "ping", "charset"],
    // Microdata, whose addresses nothing makes absolute
    ...["itemscope", "itemtype", "itemprop", "itemid", "itemref"],
    ...["background", "srcdoc", "target", "is", "slot", "nonce"],
  ])("%s", (name) => {
    for (const element of ["div", "p", "span", "a", "table"])
      expect(htmlOf(`<${element} ${name}="x">text</${element}>\n\ntext`)).not.toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe("an address in an attribute", () => {
  const inAttributes = [
    ["a", "href"],
    ["blockquote", "cite"],
    ["q", "cite"],
    ["del", "cite"],
    ["ins", "cite"],
    ["img", "longdesc"],
    ["img", "src"],
    ["video", "src"],
    ["video", "poster"],
    ["audio", "src"],
    ["source", "src"],
    ["track", "src"],
    ["source", "srcset"],
    ["img", "srcset"],
  ] as const;

  const elementOf = (element: string, name: string, value: string): string => {
    const src =
      name === "src" || !["img", "video", "audio", "track"].includes(element) ? "" : ' src="https://example.org/x"';
    const alt = element === "img" ? ' alt="A"' : "";
    if (element === "source") {
      const source = `<source ${name}="${value}">`;
      return name === "srcset"
        ? `<picture>${source}<img src="https://example.org/x" alt="A"></picture>\n\ntext`
        : `<video>${source}</video>\n\ntext`;
    }
    return `<${element}${src}${alt} ${name}="${value}">text</${element}>\n\ntext`;
  };

  const fileFor = (element: string, name: string): string => {
    if (name === "poster") return "x.png";
    return (
      new Map([
        ["audio", "talk.mp3"],
        ["track", "en.vtt"],
        ["video", "film.mp4"],
        ...(name === "src" ? [["source", "film.mp4"] as const] : []),
      ]).get(element) ?? "x.png"
    );
  };

  it.each(inAttributes)("<%s %s> holds no script", (element, name) => {
    for (const value of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"]) {
      let html = "";
      try {
        html = itemOf(storyOf(elementOf(element, name, value))).html;
      } catch {
        // It is an error, or a warning and the address goes: both are right.
      }
      expect(html).not.toMatch(/javascript:|data:|vbscript:/i);
    }
  });

  it.each(inAttributes)("<%s %s> is absolute", (element, name) => {
    const isLink = ["href", "cite", "longdesc"].includes(name);
    const value = isLink ? "other.md" : `media/${fileFor(element, name)}`;
    const html = itemOf(storyOf(elementOf(element, name, value))).html;
    const whole = isLink ? `${ORIGIN}/articles/other` : `${ORIGIN}/${value}`;
    if (html.includes(` ${name}="`)) expect(html).toContain(`${name}="${whole}`);
    else expect(["track"]).toContain(element);
  });
});

it("a table's cells name their heads, whose ids get the prefix of the story", () => {
  const html = htmlOf('<table><tr><th id="year">Year</th></tr><tr><td headers="year">2026</td></tr></table>');
  expect(html).toContain('<th id="hello-year">');
  expect(html).toContain('<td headers="hello-year">');
});

describe("a block that stories can't hold", () => {
  it.each([
    ["<div><header>A</header>B<footer>C</footer></div>", "<div><div>A</div>B<div>C</div></div>"],
    ['<article id="x"><main>A</main>B</article>', '<div id="hello-x"><div>A</div>B</div>'],
    ["<div><fieldset><legend>A</legend>B</fieldset>C</div>", "<div><div><div>A</div>B</div>C</div>"],
    ["<menu><li>A</li><li>B</li></menu>", "<ul><li>A</li><li>B</li></ul>"],
  ])("leaves another in its place, so that no words are joined: %s", (text, html) => {
    expect(htmlOf(text)).toBe(html);
    expect(messagesOf(storyOf(text))).toContainEqual(expect.stringMatching(/^7:\d+ removed$/));
  });
});
