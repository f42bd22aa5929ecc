import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, ORIGIN, storyOf } from "../support.ts";

// What stays of HTML, element by element. The tables are written from docs and specifications, not taken from the code.

/** Elements that may hold text and stand in a `<div>`: GitHub's list, and those that docs/writing.md adds. */
const TEXT_ELEMENTS = [
  ..."a b blockquote code del div em i ins kbd p pre q s samp section span strike strong sub sup tt var".split(" "),
  ..."abbr address aside bdi bdo cite dfn figure mark small time u".split(" "),
];

/** Attributes that any element may have: those of GitHub's list that are no part of a form, an image map or microdata. */
const ATTRIBUTES = [
  ..."abbr align alt axis border cellpadding cellspacing char charoff clear color cols colspan datetime dir frame".split(
    " ",
  ),
  ..."height hreflang hspace label lang media rev rowspan rows rules scope size span start summary title valign".split(
    " ",
  ),
  ..."value width".split(" "),
];

describe("HTML that stays as it is", () => {
  it.each(TEXT_ELEMENTS)("<%s>", (name) => {
    expect(htmlOf(`<div><${name}>text</${name}></div>`)).toBe(`<div><${name}>text</${name}></div>`);
    expect(messagesOf(storyOf(`<div><${name}>text</${name}></div>`))).toEqual([]);
  });

  it.each([
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((name) => `<${name} id="hello-x">text</${name}>`),
    "<p>a<br>b<wbr>c</p>\n<hr>",
    "<ul><li>a</li></ul><ol><li>b</li></ol>",
    "<dl><dt>a</dt><dd>b</dd></dl>",
    "<details><summary>a</summary>b</details>",
    "<figure>a<figcaption>b</figcaption></figure>",
    "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>",
    "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody><tfoot><tr><td>d</td></tr></tfoot></table>",
    '<input type="checkbox" disabled>text',
  ])("%s", (html) => {
    const written = html.replaceAll('id="hello-x"', 'id="x"');
    expect(htmlOf(`<div>${written}</div>`)).toBe(`<div>${html}</div>`);
    expect(messagesOf(storyOf(`<div>${written}</div>`))).toEqual([]);
  });

  it.each(ATTRIBUTES)("the attribute %s of any element", (name) => {
    for (const element of ["p", "table", "div"]) {
      const start = `<${element} ${name}="2"></${element}>`;
      expect(htmlOf(`${start}\n\ntext`)).toBe(`${start}\n<p>text</p>`);
    }
  });

  it.each(["checked", "compact", "noshade", "nowrap", "open"])("the attribute %s, which has no value", (name) => {
    expect(htmlOf(`<p ${name}>text</p>`)).toBe(`<p ${name}>text</p>`);
  });

  it.each(["id", "name", "aria-describedby", "aria-labelledby", "headers"])(
    "the attribute %s, with the prefix of the story",
    (name) => {
      expect(htmlOf(`<a ${name}="x">text</a>`)).toBe(`<p><a ${name}="hello-x">text</a></p>`);
    },
  );

  it.each(["a", "dl", "img", "ol", "summary", "table", "ul"])("<%s aria-label>", (name) => {
    const attributes = name === "img" ? ` src="${ORIGIN}/media/x.png" alt="A" width="1" height="1"` : "";
    const end = name === "img" ? "" : `</${name}>`;
    const html = `<${name}${attributes} aria-label="x">${end}`;
    expect(htmlOf(`<div>${html.replaceAll(`${ORIGIN}/`, "")}text</div>`)).toContain('aria-label="x"');
  });

  it.each(["p", "span", "td", "section"])("but not <%s aria-label>", (name) => {
    expect(htmlOf(`<table><tr><td><${name} aria-label="x">text</${name}></td></tr></table>`)).not.toContain(
      "aria-label",
    );
  });

  it.each([
    ["audio", 'preload="none"'],
    ["audio", "muted"],
    ["audio", "loop"],
    ["audio", "controls"],
    ["video", 'preload="metadata"'],
    ["video", "muted"],
    ["video", "loop"],
    ["video", "controls"],
    ["video", "playsinline"],
  ])("<%s %s>, and not of a <p>", (element, attribute) => {
    const file = element === "audio" ? "talk.mp3" : "film.mp4";
    expect(htmlOf(`<div><${element} ${attribute} src="media/${file}"></${element}></div>`)).toBe(
      `<div><${element} ${attribute} src="${ORIGIN}/media/${file}"></${element}></div>`,
    );
    expect(htmlOf(`<p ${attribute}>text</p>`)).toBe("<p>text</p>");
  });

  it("<picture> with <source srcset sizes type media> and <img srcset sizes loading>", () => {
    const html = `<picture><source srcset="${ORIGIN}/media/x.png 2x" sizes="50vw" type="image/png" media="print"><img src="${ORIGIN}/media/x.png" srcset="${ORIGIN}/media/x.png 640w" sizes="9vw" loading="lazy" alt="A" width="1" height="2"></picture>`;
    expect(htmlOf(html.replaceAll(`${ORIGIN}/`, ""))).toBe(`<p>${html}</p>`);
  });
});

describe("an element that goes", () => {
  it.each(
    "applet canvas datalist iframe math object svg noembed noframes script select style template textarea title xmp".split(
      " ",
    ),
  )("with all it holds: <%s>", (name) => {
    const html = htmlOf(`<div>a<${name}>inner</${name}>b</div>\n\nc`);
    expect(html).not.toContain("inner");
    expect(html).not.toContain(`<${name}`);
    expect(html).toContain("a");
    expect(html).toContain("<p>c</p>");
  });

  it.each("acronym big blink button font label marquee meter nobr output progress slot x-y".split(" "))(
    "without its text: <%s>",
    (name) => {
      expect(htmlOf(`<div>a<${name} class="x">inner</${name}>b</div>`)).toBe("<div>ainnerb</div>");
      expect(messagesOf(storyOf(`<div>a<${name} class="x">inner</${name}>b</div>`))).toEqual(["7:7 removed"]);
    },
  );

  it.each("article center dialog fieldset footer form header hgroup legend main nav search".split(" "))(
    "and leaves a <div>: <%s>",
    (name) => {
      expect(htmlOf(`<div>a<${name} open id="x">b</${name}>c</div>`)).toBe(
        '<div>a<div open id="hello-x">b</div>c</div>',
      );
      expect(messagesOf(storyOf(`<div>a<${name} open>b</${name}>c</div>`))).toEqual(["7:7 removed"]);
    },
  );

  it.each(["dir", "menu"])("and leaves a <ul>: <%s>", (name) => {
    expect(htmlOf(`<div>a<${name}><li>b</li></${name}>c</div>`)).toBe("<div>a<ul><li>b</li></ul>c</div>");
  });
});

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
