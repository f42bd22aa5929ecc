import { describe, expect, it } from "vitest";
import { renderPageText } from "../../src/pages/page-text.ts";

describe("the text of a page", () => {
  it.each([
    ["lets code have the focus", "<pre><code>a</code></pre>", '<pre tabindex="0"><code>a</code></pre>'],
    [
      "lets tables have the focus",
      '<table lang="de"><tr></tr></table>',
      '<table tabindex="0" lang="de"><tr></tr></table>',
    ],
    ["shows a task", '<li><input type="checkbox" disabled> a</li>', "<li>☐ a</li>"],
    ["shows a task that is done", '<li><input type="checkbox" checked disabled> a</li>', "<li>☑ a</li>"],
    [
      "leaves values of attributes alone",
      '<pre title="<pre> checked"></pre>',
      '<pre tabindex="0" title="<pre> checked"></pre>',
    ],
    [
      "leaves tags in values alone",
      '<img alt="<table>"><pre></pre>',
      '<img loading="lazy" decoding="async" alt="<table>"><pre tabindex="0"></pre>',
    ],
    ["leaves a value that looks like the state alone", '<input title=" checked" type="checkbox">', "☐"],
    [
      "leaves a quotation mark in text alone",
      '<p>7" and &#x3C;pre></p><pre></pre>',
      '<p>7" and &#x3C;pre></p><pre tabindex="0"></pre>',
    ],
    ["loads a picture when somebody comes near it", '<img src="a">', '<img loading="lazy" decoding="async" src="a">'],
    [
      "loads a picture as its writer said",
      '<img alt=" loading" src="a"><img loading="eager" src="b">',
      '<img loading="lazy" decoding="async" alt=" loading" src="a"><img loading="eager" src="b">',
    ],
    ["leaves headings alone", '<h2 id="a">a</h2><h6>b</h6>', '<h2 id="a">a</h2><h6>b</h6>'],
    [
      "puts all headings a level lower if one is as high as the title of the page",
      '<h2>a</h2><h1 title="<h2>">b</h1><h5>c</h5><h6>d</h6><header>e</header>',
      '<h3>a</h3><h2 title="<h2>">b</h2><h6>c</h6><h6>d</h6><header>e</header>',
    ],
    ["leaves other elements alone", "<p>a <em>b</em></p>", "<p>a <em>b</em></p>"],
  ])("%s", (_name, text, wanted) => {
    expect(renderPageText(text).text).toBe(wanted);
  });
});
