import puppeteer, { type ConsoleMessage, type Browser as Firefox } from "puppeteer-core";
import { findProgram } from "./find-program.ts";
import { initScripts } from "./init-scripts.ts";
import { type Browser, HEIGHT, type Scheme, type Tab } from "./tab.ts";

/** The values of layout.css.prefers-color-scheme.content-override. */
const OVERRIDES = { dark: 0, light: 1 };

/** A port at which nothing answers: the way to anywhere but this machine. */
const NOWHERE = { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9 };

const launch = (scheme: Scheme): Promise<Firefox> =>
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

/**
 * Starts Debian's Firefox, driven by WebDriver BiDi, which cannot set the colour scheme of a page: there is one for each, which starts
 * when it is needed.
 */
export const openFirefox = async (): Promise<Browser> => {
  const launched = new Map<Scheme, Promise<Firefox>>();

  const launchOnce = (scheme: Scheme): Promise<Firefox> => {
    const running = launched.get(scheme) ?? launch(scheme);
    launched.set(scheme, running);
    return running;
  };

  const open = async (scheme: Scheme): Promise<Tab> => {
    const context = await (await launchOnce(scheme)).createBrowserContext();
    const page = await context.newPage();
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
      goto: async (url) => (await page.goto(url))?.status() ?? 0,
      resize: (width) => page.setViewport({ width, height: HEIGHT }),
      run: (task, argument = 0) => page.evaluate(task, argument),
      press: (key) => page.keyboard.press(key),
      screenshot: () => page.screenshot(),
      close: () => context.close(),
    };
  };

  const close = async (): Promise<void> => {
    for (const running of launched.values()) await (await running).close();
  };

  return { open, close };
};
