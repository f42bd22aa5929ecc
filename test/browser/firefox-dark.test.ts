import { describe } from "vitest";
import { openFirefox } from "./browsers/firefox.ts";
import { tryPages } from "./try-pages.ts";

describe("Firefox, dark", () => tryPages(openFirefox, "dark"));
