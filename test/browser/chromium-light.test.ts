import { describe } from "vitest";
import { openChromium } from "./browsers/chromium.ts";
import { tryPages } from "./try-pages.ts";

describe("Chromium, light", () => tryPages(openChromium, "light"));
