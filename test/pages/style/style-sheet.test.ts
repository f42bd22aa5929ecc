import { describe, expect, it } from "vitest";
import { contrastOf, FONTS, MIN_CONTRAST } from "../../../src/model/pages/appearance.ts";
import { renderStyleSheet } from "../../../src/pages/style/style-sheet.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, site } from "../../fixtures/publication.ts";

const sheetOf = async (more: Readonly<Record<string, unknown>> = {}, files: Files = {}): Promise<string> => {
  const text = await compileText({ "site.yaml": site(more), ...files });
  return renderStyleSheet(openBundled(text, "", { id: "", at: 0 }).channel);
};

/** The custom properties for light and for dark screens. */
const propertiesOf = (sheet: string): readonly Readonly<Record<string, string>>[] => {
  const [light, dark] = Array.from(sheet.matchAll(/:root \{([^}]*)\}/g), ([, block = ""]) =>
    Object.fromEntries(Array.from(block.matchAll(/--([a-z-]+): ([^;]+);/g), ([, name, value]) => [name, value])),
  );
  return [{ ...light }, { ...light, ...dark }];
};

describe("the style sheet", () => {
  it.each([{}, { accent: "#0b62a4" }, { accent: { light: "#123456", dark: "#abcdef" } }])(
    "has colours that can be read on both backgrounds, with %o",
    async (more) => {
      for (const { background = "", raised = "", text = "", muted = "", accent = "" } of propertiesOf(
        await sheetOf(more),
      )) {
        for (const color of [text, muted, accent]) {
          expect([color, contrastOf(color, background) >= MIN_CONTRAST]).toEqual([color, true]);
        }
        expect(contrastOf(muted, raised)).toBeGreaterThanOrEqual(MIN_CONTRAST);
      }
    },
  );

  it("has the accent of site.yaml, and a lighter one for dark screens if there is but one", async () => {
    const [light, dark] = propertiesOf(await sheetOf({ accent: "#0B62A4" }));
    expect(light?.accent).toBe("#0b62a4");
    expect(dark?.accent).not.toBe("#0b62a4");
    expect(
      propertiesOf(await sheetOf({ accent: { light: "#123", dark: "#def" } })).map(({ accent }) => accent),
    ).toEqual(["#112233", "#ddeeff"]);
  });

  it("has other fonts for each choice, and loads none", async () => {
    const sheets = await Promise.all(FONTS.map((fonts) => sheetOf({ fonts })));
    expect(new Set(sheets).size).toBe(FONTS.length);
    for (const sheet of sheets) expect(sheet).not.toMatch(/@import|@font-face|url\(/);
  });

  it("ends with the publisher's own rules, to the letter", async () => {
    const css = ':root { --background: #fff; }\n/* > & "<" */\n';
    expect(await sheetOf({}, { "theme.css": css })).toMatch(new RegExp(`\\n${css.replace(/[*/]/g, "\\$&")}$`));
  });

  it("names no direction but by the way the text runs", async () => {
    expect(await sheetOf()).not.toMatch(
      /(?:margin|padding|border|inset)-(?:left|right)|\b(?:left|right):|text-align: (?:left|right)/,
    );
  });
});
