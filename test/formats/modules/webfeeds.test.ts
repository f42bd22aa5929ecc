import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/formats/modules/source.ts";
import { hasWebfeeds, renderWebfeeds } from "../../../src/formats/modules/webfeeds.ts";
import { rss } from "../../../src/formats/rss.ts";
import { render } from "../support/render.ts";
import { sampleChannel, sampleFeed, sampleItem } from "../support/samples.ts";

const picture = (url: string) => ({ url, alt: "" });

describe("webfeeds", () => {
  it.each([
    [{ icon: picture("https://a.example/?a&b") }, "<webfeeds:icon>https://a.example/?a&#x26;b</webfeeds:icon>\n"],
    [{ image: picture("https://a.example/c") }, '<webfeeds:cover image="https://a.example/c"/>\n'],
    [{ accent: { light: "#b3261e", dark: "#ffffff" } }, "<webfeeds:accentColor>b3261e</webfeeds:accentColor>\n"],
  ])("has what site.yaml has: %o", (keys, written) => {
    expect([hasWebfeeds(keys), renderWebfeeds(keys)]).toEqual([true, written]);
  });

  it("is nothing without any of these, its namespace neither", () => {
    expect([hasWebfeeds({}), renderWebfeeds({})]).toEqual([false, ""]);
    const { icon: _icon, image: _image, ...channel } = sampleChannel({});
    expect(render(rss, sampleFeed({ channel }))).not.toContain("webfeeds");
  });
});

describe("source:markdown", () => {
  const item = sampleItem({ markdown: "*a* < b" });

  it("is the text as Markdown, in RSS with the full text", () => {
    const channel = sampleChannel({ markdown: true });
    const document = render(rss, sampleFeed({ channel, items: [item] }));
    expect(document).toContain("<source:markdown>*a* &#x3C; b</source:markdown>");
    expect(document).toContain('xmlns:source="http://source.scripting.com/"');
    const summaries = sampleFeed({ channel, items: [item], view: { scope: { kind: "all" }, text: "summary" } });
    expect(render(rss, summaries)).not.toContain("source:markdown");
  });

  it("is nothing where site.yaml does not want it any longer, though the newsroom still has it", () => {
    expect(renderMarkdown(item, {})).toBe("");
    expect(render(rss, sampleFeed({ channel: sampleChannel({}), items: [item] }))).not.toContain("source");
  });
});
