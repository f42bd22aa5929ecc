import { describe, expect, it } from "vitest";
import {
  formatFindings,
  isAnyUnfit,
  leftOutLines,
  recentJudgements,
} from "../../../src/cli/content/dialect-findings.ts";
import type { Judgement } from "../../../src/content/result.ts";
import { DAY_MS } from "../../../src/model/instant.ts";
import type { Partner } from "../../../src/model/partners/partner.ts";
import { NO_TERMS } from "../../../src/model/selection.ts";
import { sampleItem } from "../../formats/support/samples.ts";

const NOW = Date.UTC(2026, 10, 26);

const finding = (dialect: string, level: "must" | "should"): Judgement["findings"][number] => ({
  ...{ dialect, level, rule: `${dialect}/rule`, message: "Mend it.", source: "https://partner.example/" },
  ...{ readOn: "2026-11-26", line: 3, column: 8 },
});

const JUDGEMENTS: ReadonlyMap<string, Judgement> = new Map([
  ["a.md", { published: NOW - 365 * DAY_MS, findings: [finding("msn", "must")] }],
  ["b.md", { published: NOW - 365 * DAY_MS + 1, findings: [finding("msn", "should"), finding("ninjs", "must")] }],
  ["broken.md", { findings: [] }],
]);

describe("what a dialect's rules say of stories", () => {
  it("is told with place, advice, rule and source, of that dialect alone", () => {
    expect(formatFindings(JUDGEMENTS, "msn")).toBe(`content/a.md
  3:8 error Mend it. (msn/rule; https://partner.example/, read on 2026-11-26)

content/b.md
  3:8 warning Mend it. (msn/rule; https://partner.example/, read on 2026-11-26)`);
    expect(formatFindings(JUDGEMENTS, "smartnews")).toBe("");
  });

  it("leaves out those that are as old as the dialect does not take, to the millisecond", () => {
    expect([...recentJudgements(JUDGEMENTS, "msn", NOW).keys()]).toEqual(["b.md", "broken.md"]);
    expect([...recentJudgements(JUDGEMENTS, "ninjs", NOW).keys()]).toEqual(["a.md", "b.md", "broken.md"]);
  });

  it.each([
    ["msn", true],
    ["ninjs", true],
    ["smartnews", false],
  ])("is that a story is left out for %s: %s", (dialect, expected) => {
    expect(isAnyUnfit(JUDGEMENTS, dialect)).toBe(expected);
  });

  it("is counted for the dialects that contracts have", () => {
    const old = NOW - 365 * DAY_MS;
    const items = [
      sampleItem({ unfitFor: ["msn", "ninjs"], published: old }),
      sampleItem({ unfitFor: ["msn", "newsbreak"], published: NOW }),
      sampleItem({ published: NOW }),
    ];
    const partner: Partner = {
      ...{ name: "acme", enabled: true, tokens: [], open: true, networks: [], delaySeconds: 0 },
      rate: "standard",
      text: "full",
      formats: ["rss", "msn", "ninjs"],
      selection: { include: NO_TERMS, exclude: NO_TERMS },
    };
    expect(leftOutLines({ items, partners: [partner] }, NOW)).toEqual([
      "1 story is left out for msn: npm run check -- --dialect msn",
      "1 story is left out for ninjs: npm run check -- --dialect ninjs",
    ]);
    expect(leftOutLines({ items: [...items, ...items], partners: [partner, partner] }, NOW)).toEqual([
      "2 stories are left out for msn: npm run check -- --dialect msn",
      "2 stories are left out for ninjs: npm run check -- --dialect ninjs",
    ]);
  });
});
