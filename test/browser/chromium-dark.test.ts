import { describe } from "vitest";
import { openChromium } from "./browsers/chromium.ts";
import { tryPages } from "./try-pages.ts";

describe("Chromium, dark", () => {
  tryPages({ openBrowser: openChromium, scheme: "dark", accessibility: [320, 768, 1280], keyboard: [768] });
});
