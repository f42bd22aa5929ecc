import type { Tab } from "../browsers/tab.ts";

/** A walk through a page from its start by the Tab key, as the page records it. */
interface Walk {
  /** What is to be reached, in the order of the document. */
  readonly controls: readonly Element[];
  readonly reached: Element[];
  readonly faults: string[];
  readonly end: () => void;
}

declare global {
  interface Window {
    walk?: Walk;
  }
}

/** Puts the focus before the page's first element, and begins to record where it goes. Returns all controls. */
const beginWalk = (): readonly string[] => {
  const CONTROLS =
    "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]";
  const isReachable = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(":disabled, [type=hidden], [tabindex^='-']");
  const controls = Array.from(document.querySelectorAll(CONTROLS)).filter(isReachable);
  const reached: Element[] = [];
  const faults: string[] = [];

  const faultOf = (element: Element): string | undefined => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const hasRing = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    // Those of sound and film show the focus on parts of theirs.
    if (!hasRing && !element.matches("audio, video")) return "does not show that it has the focus";
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return "cannot be seen when it has the focus";
    const left = Math.max(box.left, 0);
    const right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0);
    const bottom = Math.min(box.bottom, innerHeight);
    if (left >= right || top >= bottom) return "is not scrolled into view when it gets the focus";
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isOnTop = hit !== null && (element.contains(hit) || hit.contains(element));
    return isOnTop ? undefined : `lies below ${hit?.outerHTML.slice(0, 100)} when it has the focus`;
  };

  // Only now has the browser scrolled to what got the focus as the key went down.
  const record = ({ key }: KeyboardEvent): void => {
    const element = document.activeElement;
    const last = reached.at(-1);
    if (key !== "Tab" || element === null || element === document.body || element === last) return;
    if (reached.includes(element)) return;
    const name = element.outerHTML.slice(0, 160);
    if (last && last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) {
      faults.push(`gets the focus after what follows it: ${name}`);
    }
    reached.push(element);
    const fault = faultOf(element);
    if (fault !== undefined) faults.push(`${fault}: ${name}`);
  };
  document.addEventListener("keyup", record, true);

  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  const end = (): void => {
    document.removeEventListener("keyup", record, true);
    start.remove();
  };
  window.walk = { controls, reached, faults, end };
  return controls.map((element) => element.outerHTML);
};

/** The controls that have not had the focus yet. */
const findUnreached = (): readonly string[] => {
  const { controls = [], reached = [] } = window.walk ?? {};
  return controls.filter((element) => !reached.includes(element)).map((element) => element.outerHTML.slice(0, 160));
};

const endWalk = (): readonly string[] => {
  window.walk?.end();
  return window.walk?.faults ?? [];
};

/** The controls of a player of sound or film are so many, with room to spare: to the page, they all are one element. */
const CONTROLS_OF_PLAYER = 16;

/**
 * Goes through the page with the Tab key, from its start to its last control. Resolves to what is wrong: links and controls that are not
 * reached, or not in the order of the document, or that do not show that they have the focus.
 */
export const findKeyboardFaults = async (tab: Tab): Promise<readonly string[]> => {
  let unreached = await tab.run(beginWalk);
  for (let idle = 0; unreached.length > 0 && idle < CONTROLS_OF_PLAYER; ) {
    const presses = idle === 0 ? unreached.length : 1;
    for (let press = 0; press < presses; press++) await tab.press("Tab");
    const now = await tab.run(findUnreached);
    idle = now.length < unreached.length ? 0 : idle + 1;
    unreached = now;
  }
  const faults = await tab.run(endWalk);
  return [...faults, ...unreached.map((element) => `cannot be reached by the keyboard: ${element}`)];
};
