import { describe } from "vitest";
import { openChromium } from "./browsers/chromium.ts";
import { tryPages } from "./try-pages.ts";

describe("Chromium, light", () => {
  tryPages({ openBrowser: openChromium, scheme: "light", accessibility: [320, 768, 1280], keyboard: [320, 768, 1280] });
});
