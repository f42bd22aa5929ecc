import puppeteer, { type Browser, type ConsoleMessage } from "puppeteer-core";
import { findProgram } from "./find-program.ts";
import { initScripts } from "./init-scripts.ts";
import { HEIGHT, type Scheme, type Tab } from "./tab.ts";

/** The values of layout.css.prefers-color-scheme.content-override. */
const OVERRIDES = { dark: 0, light: 1 };

/** A port at which nothing answers: the way to anywhere but this machine. */
const NOWHERE = { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9 };

const launch = (scheme: Scheme): Promise<Browser> =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: findProgram("firefox"),
    extraPrefsFirefox: {
      ...NOWHERE,
      "network.proxy.share_proxy_settings": true,
      "layout.css.prefers-color-scheme.content-override": OVERRIDES[scheme],
      "ui.prefersReducedMotion": 1,
      "dom.events.testing.asyncClipboard": true,
    },
  });

const describeMessage = (message: ConsoleMessage): string => `${message.text()} (${message.location().url ?? ""})`;

/** Starts Debian's Firefox, driven by WebDriver BiDi. */
export const openFirefox = async (scheme: Scheme): Promise<Tab> => {
  const browser = await launch(scheme);
  const page = await browser.newPage();
  for (const script of initScripts) await page.evaluateOnNewDocument(script);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(describeMessage(message));
  });
  return {
    requests,
    errors,
    goto: async (url) => {
      requests.length = 0;
      errors.length = 0;
      return (await page.goto(url))?.status() ?? 0;
    },
    resize: (width) => page.setViewport({ width, height: HEIGHT }),
    run: (task, argument = 0) => page.evaluate(task, argument),
    press: (key) => page.keyboard.press(key),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
};
