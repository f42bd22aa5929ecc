import pMap from "p-map";
import { describe, expect, inject, it } from "vitest";
import { inLanguages, isOfType, NAVIGATION, PAGE_TYPES, pathIn } from "./page-types.ts";
import { LANGUAGES } from "./publication/texts.ts";

const navigate = (url: string): Promise<Response> => fetch(url, { headers: NAVIGATION });

const isPage = ({ headers }: Response): boolean => headers.get("content-type")?.startsWith("text/html") ?? false;

/** The addresses that a page names in links, pictures and the like. */
const addressesIn = (html: string, url: string): readonly URL[] =>
  Array.from(
    html.matchAll(/\s(?:href|src)="([^"]*)"/g),
    ([, text = ""]) => new URL(text.replaceAll("&amp;", "&"), url),
  );

describe("the table of page types", () => {
  it.each(inLanguages(PAGE_TYPES))("has pages that are served: $path, $language", async ({ language, type, path }) => {
    const response = await navigate(inject("sites")[language] + path);
    expect([response.status, isPage(response)]).toEqual([type.status ?? 200, true]);
  });

  it.each(LANGUAGES)("has a row for every page that these link to, and no link leads nowhere: %s", async (language) => {
    const site = inject("sites")[language];
    const found = new Map<string, string>();
    const faults: string[] = [];
    for (const type of PAGE_TYPES) {
      const url = site + pathIn(type, language);
      const html = await (await navigate(url)).text();
      for (const address of addressesIn(html, url)) {
        const id = decodeURIComponent(address.hash.slice(1));
        const page = address.href.replace(/#.*/s, "");
        if (page === url && id !== "" && !html.includes(` id="${id}"`)) faults.push(`${url} has no #${id}`);
        if (page !== url && address.origin === site) found.set(page, url);
      }
    }
    const check = async ([address, page]: readonly [string, string]): Promise<void> => {
      const response = await navigate(address);
      await response.body?.cancel();
      if (response.status >= 400) faults.push(`${page} links to ${address}, which answers ${response.status}`);
      else if (isPage(response) && !PAGE_TYPES.some((type) => isOfType(type, new URL(address).pathname))) {
        faults.push(`${page} links to ${address}, a page of no row`);
      }
    };
    expect(found.size).toBeGreaterThan(PAGE_TYPES.length);
    await pMap(found, check, { concurrency: 8 });
    expect(faults).toEqual([]);
  });
});
