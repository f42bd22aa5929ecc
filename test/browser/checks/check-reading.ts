import type { Tab } from "../browsers/tab.ts";

/**
 * Resolves to what misleads a reader: headings that are not in order, stories that are not in the direction of their language, and code
 * that is not from left to right.
 */
export const findReadingFaults = (tab: Tab): Promise<readonly string[]> =>
  tab.run(() => {
    const RIGHT_TO_LEFT = ["ar"];
    const nameOf = (element: Element): string => element.outerHTML.slice(0, 160);
    const directionOf = (element: Element): string => getComputedStyle(element).direction;

    const headings = Array.from(document.querySelectorAll("h1, h2, h3, h4, h5, h6"));
    const levels = headings.map(({ localName }) => Number(localName.slice(1)));
    const skipped = headings.filter((_, index) => (levels[index] ?? 0) > (levels[index - 1] ?? 0) + 1);
    const titles = levels.filter((level) => level === 1).length;

    const isMisdirected = (story: Element): boolean => {
      const language = story.closest("[lang]")?.getAttribute("lang") ?? "";
      return directionOf(story) !== (RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr");
    };
    const stories = Array.from(document.querySelectorAll("html, article, .text, .text > p, li[lang], bdi[lang][dir]"));
    const code = Array.from(document.querySelectorAll("pre, code, kbd, samp"));
    return [
      ...(titles === 1 ? [] : [`the page has ${titles} headings of the first level`]),
      ...skipped.map((heading) => `skips a level: ${nameOf(heading)}`),
      ...stories.filter(isMisdirected).map((story) => `is not in the direction of its language: ${nameOf(story)}`),
      ...code.filter((one) => directionOf(one) !== "ltr").map((one) => `is code from right to left: ${nameOf(one)}`),
    ];
  });
