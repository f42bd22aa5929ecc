import { describe, expect, it } from "vitest";
import { flipboard } from "../../src/dialects/flipboard.ts";
import type { Item } from "../../src/model/item.ts";
import { toPartnerItem } from "../../src/model/partners/partner-item.ts";
import type { PartnerView } from "../../src/model/partners/partner-view.ts";
import { render } from "../formats/support/render.ts";
import { sampleChannel, sampleFeed, sampleItem } from "../formats/support/samples.ts";
import { childOf, readXml, textOf } from "../formats/support/xml-reader.ts";

const OPENING = `It begins & goes on. ${"word ".repeat(100)}end`;

const descriptionOf = (item: Item, text: "full" | "summary" = "full"): string | undefined => {
  const feed = sampleFeed({ items: [item], view: { scope: { kind: "all" }, text } });
  return textOf(childOf(childOf(readXml(render(flipboard, feed)), "channel"), "item"), "description");
};

describe("the description for Flipboard", () => {
  it("goes on with the text if the summary has fewer than 300 characters", () => {
    const summary = "s".repeat(299);
    expect(descriptionOf(sampleItem({ summary, opening: OPENING }))).toBe(`${summary} ${OPENING}`);
    const long = "s".repeat(300);
    expect(descriptionOf(sampleItem({ summary: long, opening: OPENING }))).toBe(long);
  });

  it("says nothing twice if the summary is the beginning of the text", () => {
    expect(descriptionOf(sampleItem({ summary: "It begins & goes…", opening: OPENING }))).toBe(OPENING);
  });

  it("is the summary if the text is not known or not for the partner", () => {
    expect(descriptionOf(sampleItem())).toBe("In short");
    expect(descriptionOf(sampleItem({ opening: OPENING }), "summary")).toBe("In short");
  });

  it("does not go further than the blocks that a contract gives", () => {
    const view: PartnerView = { format: "flipboard", list: { kind: "all" }, text: { lead: 1 }, length: 20, delayMs: 0 };
    const html = "<p>It begins.</p>\n<p>It goes on.</p>";
    const block = { kind: "p", elements: ["p"], depth: 1, textLength: 10, media: [] };
    const item = sampleItem({
      html,
      opening: OPENING,
      blocks: [
        { ...block, end: 17 },
        { ...block, end: html.length },
      ],
    });
    const lead = toPartnerItem(item, view, sampleChannel(), undefined);
    expect(lead.html).toBe("<p>It begins.</p>");
    expect(descriptionOf(lead)).toBe("In short");
    const withLine = toPartnerItem(item, { ...view, text: "full" }, sampleChannel(), "From {publication}");
    expect(descriptionOf(withLine)).toBe(`In short ${OPENING}`);
  });
});
