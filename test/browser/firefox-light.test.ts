import { describe } from "vitest";
import { openFirefox } from "./browsers/firefox.ts";
import { tryPages } from "./try-pages.ts";

describe("Firefox, light", () => {
  tryPages({ openBrowser: openFirefox, scheme: "light", accessibility: [320], keyboard: [320] });
});
