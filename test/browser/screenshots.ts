import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findProgram } from "./browsers/find-program.ts";
import type { Scheme } from "./browsers/tab.ts";
import { NAVIGATION } from "./page-types.ts";
import { servePublication } from "./serve-publications.ts";

// `npm run screenshots`: pages of the publication in English, as Chromium shows them, for docs/. Its port is not in them.

const FOLDER = resolve(import.meta.dirname, "../../docs/screenshots");

/** The address that the pictures show. */
const SHOWN = "https://harbour-gazette.example";

const SHOTS: Readonly<Record<string, string>> = {
  front: "/",
  story: "/articles/ferry-returns",
  subscribe: "/subscribe",
  feed: "/rss.xml",
};

const SCHEMES: readonly Scheme[] = ["light", "dark"];

/** Answers requests for `SHOWN` as `url` does, with the one address in place of the other. */
const serveAs = async (context: BrowserContext, url: string): Promise<void> => {
  await context.route(`${SHOWN}/**`, async (route) => {
    const request = route.request();
    // Chromium adds these only to requests that it sends by itself.
    const headers = { ...request.headers(), ...(request.isNavigationRequest() && NAVIGATION) };
    const response = await route.fetch({ url: request.url().replace(SHOWN, url), headers });
    const isText = /^text\/|script/.test(response.headers()["content-type"] ?? "");
    const body = isText ? (await response.text()).replaceAll(url, SHOWN) : await response.body();
    await route.fulfill({ response, body });
  });
};

const missing: string[] = [];
const executablePath = findProgram("chromium");
const site = await servePublication("en");
try {
  await mkdir(FOLDER, { recursive: true });
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  for (const colorScheme of SCHEMES) {
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: "reduce",
      viewport: { width: 1280, height: 1200 },
    });
    await serveAs(context, site.url);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(SHOTS)) {
      const response = await page.goto(SHOWN + path);
      const isPage = response?.headers()["content-type"]?.startsWith("text/html") && response.ok();
      // Those further down load when somebody scrolls there.
      await page.evaluate(async () => {
        for (const image of document.images) {
          image.loading = "eager";
          await image.decode();
        }
      });
      if (isPage) await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
      else missing.push(path);
    }
  }
  await browser.close();
} finally {
  await site.close();
}
if (missing.length > 0) {
  console.error(`There is no page for people at ${[...new Set(missing)].join(" ")}: no picture was made of it.`);
  process.exitCode = 1;
}
