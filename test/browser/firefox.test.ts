import { openFirefox } from "./browsers/firefox.ts";
import { tryPages } from "./try-pages.ts";

tryPages("Firefox", openFirefox);
