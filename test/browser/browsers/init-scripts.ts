import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";

declare global {
  interface Window {
    readonly axe: typeof axe;
    /** What the page's Content-Security-Policy has refused so far. */
    readonly refused: string[];
  }
}

const recordRefusals = `window.refused = [];
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  window.refused.push(effectiveDirective + " " + blockedURI);
});`;

/**
 * What browsers run in each page before anything of its own. They do so for whoever drives them in spite of the page's
 * Content-Security-Policy, so that pages are judged with the policy that readers get.
 */
export const initScripts: readonly string[] = [
  readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
  recordRefusals,
];
