import { describe } from "vitest";
import { openChromium } from "./browsers/chromium.ts";
import { tryPages } from "./try-pages.ts";

describe("Chromium, dark", () => tryPages(openChromium, "dark"));
