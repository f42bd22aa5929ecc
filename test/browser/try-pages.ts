import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Browser, SCHEMES, type Tab } from "./browsers/tab.ts";
import { findViolations } from "./checks/check-accessibility.ts";
import { findKeyboardFaults } from "./checks/check-keyboard.ts";
import { findTooWide } from "./checks/check-width.ts";
import { PAGE_TYPES, pathIn } from "./page-types.ts";
import { LANGUAGES } from "./publication/texts.ts";

/** A phone, a tablet, a desk. */
const WIDTHS = [320, 768, 1280];

const CASES = PAGE_TYPES.flatMap((type) =>
  LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ name: type.name, type, language, scheme }))),
);

/** Browsers log the status of the page itself if it is an error: here it has to be. */
const isExpected = (error: string, url: string, status: number): boolean =>
  status >= 400 && error.includes(`status of ${status}`) && error.includes(url);

/** Tries each kind of page in a browser, in every width, colour scheme and language. */
export const tryPages = (name: string, openBrowser: () => Promise<Browser>): void => {
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser?.close());

    const withTab = async (scheme: (typeof SCHEMES)[number], use: (tab: Tab) => Promise<void>): Promise<void> => {
      const tab = await browser.open(scheme);
      try {
        await use(tab);
      } finally {
        await tab.close();
      }
    };

    it.concurrent.each(CASES)(
      "shows a page that everybody can read and use: $name, $language, $scheme",
      async ({ type, language, scheme }) => {
        const origin = inject("sites")[language];
        const url = origin + pathIn(type, language);
        const { status = 200 } = type;
        await withTab(scheme, async (tab) => {
          expect(await tab.goto(url)).toBe(status);
          const faults: string[] = [];
          for (const width of WIDTHS) {
            const found = {
              "wider than the window": await findTooWide(tab, width),
              "axe-core": await findViolations(tab),
              keyboard: await findKeyboardFaults(tab),
            };
            for (const [check, texts] of Object.entries(found)) {
              faults.push(...texts.map((text) => `${width} px, ${check}: ${text}`));
            }
          }
          expect(faults).toEqual([]);
          expect(await tab.run(() => [matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"])).toEqual([
            scheme,
          ]);
          expect(tab.requests.filter((request) => !request.startsWith(`${origin}/`))).toEqual([]);
          expect(await tab.run(() => window.refused)).toEqual([]);
          expect(tab.errors.filter((error) => !isExpected(error, url, status))).toEqual([]);
        });
      },
    );
  });
};
