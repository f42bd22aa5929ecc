import { openChromium } from "./browsers/chromium.ts";
import { tryPages } from "./try-pages.ts";

tryPages("Chromium", openChromium);
