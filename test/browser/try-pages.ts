import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Scheme, Tab } from "./browsers/tab.ts";
import { findViolations } from "./checks/check-accessibility.ts";
import { findCopyFaults } from "./checks/check-copy.ts";
import { findKeyboardFaults } from "./checks/check-keyboard.ts";
import { findReadingFaults } from "./checks/check-reading.ts";
import { findLargeTextFaults, findTooWide } from "./checks/check-width.ts";
import { inLanguages, PAGE_TYPES, RAW_FEEDS } from "./page-types.ts";

/** A phone, a tablet, a desk. */
const WIDTHS = [320, 768, 1280] as const;

/** A width of the window, in pixels. */
export type Width = (typeof WIDTHS)[number];

/**
 * How pages are tried in a browser. No page may need sideways scrolling in any width, nor with text twice as large, nor request or log
 * what it should not; each has its headings in order, and its texts in the direction of their languages.
 */
export interface Trial {
  readonly openBrowser: (scheme: Scheme) => Promise<Tab>;
  readonly scheme: Scheme;
  /** In which widths axe-core looks for faults. */
  readonly accessibility: readonly Width[];
  /** In which widths the Tab key goes through the page: what it reaches does not depend on the colours. */
  readonly keyboard: readonly Width[];
}

/**
 * The requests of a page for anything that is neither on the sites nor in the page itself. Either site will do: a browser may still be
 * asking for the icon of the page before.
 */
const outsideRequests = ({ requests }: Tab): readonly string[] => {
  const sites = Object.values(inject("sites"));
  return requests.filter((one) => !one.startsWith("data:") && !sites.some((site) => one.startsWith(`${site}/`)));
};

/** The pages that are errors, as they have to be: their addresses in both languages, and their statuses. */
const errorPages = (): readonly (readonly [url: string, status: number])[] =>
  inLanguages(PAGE_TYPES).flatMap(({ type: { status = 200 }, path, language }) =>
    status < 400 ? [] : [[inject("sites")[language] + path, status] as const],
  );

/** Browsers log the status of a page itself if it is an error: sometimes so late that the next page is there. */
const isExpected = (error: string): boolean =>
  errorPages().some(([url, status]) => error.includes(`status of ${status}`) && error.includes(url));

/** Tries each kind of page in a browser with a colour scheme, in every width and language. */
export const tryPages = ({ openBrowser, scheme, accessibility, keyboard }: Trial): void => {
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

  it.each(inLanguages(PAGE_TYPES))("everybody can read and use: $path, $language", async ({ type, path, language }) => {
    const origin = inject("sites")[language];
    const url = origin + path;
    const { status = 200 } = type;
    expect(await tab.goto(url)).toBe(status);
    const faults: string[] = [];
    for (const width of WIDTHS) {
      const found = {
        "sideways scrolling": await findTooWide(tab, width),
        "axe-core": accessibility.includes(width) ? await findViolations(tab) : [],
        keyboard: keyboard.includes(width) ? await findKeyboardFaults(tab) : [],
      };
      for (const [check, texts] of Object.entries(found)) {
        faults.push(...texts.map((text) => `${width} px, ${check}: ${text}`));
      }
    }
    faults.push(...(await findLargeTextFaults(tab)), ...(await findReadingFaults(tab)));
    if (type.hasCopyButton) faults.push(...(await findCopyFaults(tab)));
    expect(faults).toEqual([]);
    expect(outsideRequests(tab)).toEqual([]);
    expect(await tab.run(() => window.refused)).toEqual([]);
    expect(tab.errors.filter((error) => !isExpected(error))).toEqual([]);
  });

  it.each(inLanguages(RAW_FEEDS))("shows the bytes of a feed: $path, $language", async ({ language, path }) => {
    const origin = inject("sites")[language];
    expect(await tab.goto(origin + path)).toBe(200);
    const [shown = ""] = await tab.run(() => [document.body.textContent ?? ""]);
    const feed = await (await fetch(origin + path.replace("/source", ""))).text();
    expect(shown.trim()).toBe(feed.trim());
    expect([...tab.errors.filter((error) => !isExpected(error)), ...outsideRequests(tab)]).toEqual([]);
  });
};
