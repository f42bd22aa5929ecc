import { type ConsoleMessage, chromium } from "playwright-core";
import { findProgram } from "./find-program.ts";
import { initScripts } from "./init-scripts.ts";
import { HEIGHT, type Scheme, type Tab } from "./tab.ts";

const describeMessage = (message: ConsoleMessage): string => `${message.text()} (${message.location().url})`;

/** Starts Debian's Chromium. */
export const openChromium = async (scheme: Scheme): Promise<Tab> => {
  const browser = await chromium.launch({
    executablePath: findProgram("chromium"),
    // Its sandbox does not work for root, and in many containers. It opens our own pages only, and no name has an address.
    chromiumSandbox: false,
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
  });
  const context = await browser.newContext({
    colorScheme: scheme,
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  for (const content of initScripts) await context.addInitScript({ content });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
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
    resize: (width) => page.setViewportSize({ width, height: HEIGHT }),
    run: (task, argument = 0) => page.evaluate(task, argument),
    press: (key) => page.keyboard.press(key),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
};
