import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Scheme, Tab } from "./browsers/tab.ts";
import { findViolations } from "./checks/check-accessibility.ts";
import { findKeyboardFaults } from "./checks/check-keyboard.ts";
import { findTooWide } from "./checks/check-width.ts";
import { PAGE_TYPES, pathIn } from "./page-types.ts";
import { LANGUAGES } from "./publication/texts.ts";

/** A phone, a tablet, a desk. */
const WIDTHS = [320, 768, 1280];

const CASES = PAGE_TYPES.flatMap((type) => LANGUAGES.map((language) => ({ name: type.name, type, language })));

/** Browsers log the status of the page itself if it is an error: here it has to be. */
const isExpected = (error: string, url: string, status: number): boolean =>
  status >= 400 && error.includes(`status of ${status}`) && error.includes(url);

/** Tries each kind of page in a browser with a colour scheme, in every width and language. */
export const tryPages = (openBrowser: (scheme: Scheme) => Promise<Tab>, scheme: Scheme): void => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openBrowser(scheme);
  });
  afterAll(() => tab?.close());

  it("prefers the colour scheme", async () => {
    const preferred = await tab.run(() =>
      ["light", "dark"].filter((one) => matchMedia(`(prefers-color-scheme: ${one})`).matches),
    );
    expect(preferred).toEqual([scheme]);
  });

  it.each(CASES)("everybody can read and use: $name, $language", async ({ type, language }) => {
    const origin = inject("sites")[language];
    const url = origin + pathIn(type, language);
    const { status = 200 } = type;
    expect(await tab.goto(url)).toBe(status);
    const faults: string[] = [];
    for (const width of WIDTHS) {
      const found = {
        "sideways scrolling": await findTooWide(tab, width),
        "axe-core": await findViolations(tab),
        keyboard: await findKeyboardFaults(tab),
      };
      for (const [check, texts] of Object.entries(found)) {
        faults.push(...texts.map((text) => `${width} px, ${check}: ${text}`));
      }
    }
    expect(faults).toEqual([]);
    expect(tab.requests.filter((request) => !request.startsWith(`${origin}/`))).toEqual([]);
    expect(await tab.run(() => window.refused)).toEqual([]);
    expect(tab.errors.filter((error) => !isExpected(error, url, status))).toEqual([]);
  });
};
