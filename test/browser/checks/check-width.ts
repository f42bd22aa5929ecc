import type { Tab } from "../browsers/tab.ts";

/** How much larger text has to be able to become without a loss (WCAG 2.2, success criterion 1.4.4). */
const LARGE_TEXT_PERCENT = 200;

/** Shows the text of the page twice as large, as a phone is wide; resolves to what makes the page wider than that. */
export const findLargeTextFaults = async (tab: Tab): Promise<readonly string[]> => {
  const setTextSize = (percent: number): readonly string[] => {
    document.documentElement.style.fontSize = `${percent}%`;
    return [];
  };
  await tab.run(setTextSize, LARGE_TEXT_PERCENT);
  const found = await findTooWide(tab, 320);
  await tab.run(setTextSize, 100);
  return found.map((text) => `large text: ${text}`);
};

/** Resizes the window; resolves to what makes the page wider than it, so that people would have to scroll sideways. */
export const findTooWide = async (tab: Tab, width: number): Promise<readonly string[]> => {
  await tab.resize(width);
  return tab.run((wanted) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (innerWidth !== wanted) return [`the window is ${innerWidth} pixels wide, not ${wanted}`];
    if (scrollWidth <= innerWidth) return [];
    const isClipped = (element: Element): boolean => {
      for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
        if (getComputedStyle(above).overflowX !== "visible") return true;
      }
      return false;
    };
    const isOutside = (element: Element): boolean => {
      const { left, right } = element.getBoundingClientRect();
      return (left < 0 || right > clientWidth) && !isClipped(element);
    };
    const tooWide = Array.from(document.body.querySelectorAll("*")).filter(isOutside);
    return [`the page is ${scrollWidth} pixels wide`, ...tooWide.map((element) => element.outerHTML.slice(0, 160))];
  }, width);
};
