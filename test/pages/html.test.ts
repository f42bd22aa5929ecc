import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html, trusted } from "../../src/pages/html.ts";
import { readPage } from "./read-page.ts";

describe("the html template", () => {
  it.each([
    ["text", html`<p>${'<b> & "quotes" & \'s'}</p>`, "<p>&lt;b&gt; &amp; &quot;quotes&quot; &amp; 's</p>"],
    ["a number", html`<p>${0}</p>`, "<p>0</p>"],
    ["nothing", html`<p>${undefined}</p>`, "<p></p>"],
    ["a list", html`<p>${["a", html`<br>`, "<", [1, undefined]]}</p>`, "<p>a<br>&lt;1</p>"],
    ["other HTML", html`<p>${html`<b>${"&"}</b>`}</p>`, "<p><b>&amp;</b></p>"],
    ["trusted HTML", html`<p>${trusted("<b>")}</p>`, "<p><b></p>"],
    ["no value", html`<p></p>`, "<p></p>"],
    ["values at both ends", html`${"<"}x${">"}`, "&lt;x&gt;"],
  ])("writes %s", (_, { text }, expected) => {
    expect(text).toBe(expected);
  });

  it("keeps any text within its element or attribute", async () => {
    const text = fc.string({ unit: fc.constantFrom(..."<>&\"'/=` abcscript!-[]", "</p>", "<script>", '"x="', "&lt;") });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const elements = await readPage(html`<p title="${value}">${value}</p>`.text);
        expect(elements).toEqual([{ name: "p", attributes: { title: value }, text: value }]);
      }),
    );
  });
});
