import { describe } from "vitest";
import { openFirefox } from "./browsers/firefox.ts";
import { tryPages } from "./try-pages.ts";

describe("Firefox, dark", () => {
  tryPages({ openBrowser: openFirefox, scheme: "dark", accessibility: [1280], keyboard: [1280] });
});
