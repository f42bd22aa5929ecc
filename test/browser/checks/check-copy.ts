import type { Tab } from "../browsers/tab.ts";

/** Gives the focus to one of the buttons that copy and can be seen; returns its text, or nothing if there are no more. */
const focusButton = (index: number): readonly string[] => {
  const buttons = Array.from(document.querySelectorAll<HTMLElement>("button[data-copies]"));
  const button = buttons.filter((one) => one.checkVisibility())[index];
  button?.focus();
  return button === undefined ? [] : [button.textContent ?? ""];
};

/** Waits until the clipboard has the value of the field beside the button that has the focus. */
const awaitCopy = async (): Promise<readonly string[]> => {
  const button = document.activeElement;
  const field = document.getElementById(button?.getAttribute("data-copies") ?? "");
  if (!(field instanceof HTMLInputElement)) return ["there is no field that the button copies"];
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (field.value !== "" && (await navigator.clipboard.readText()) === field.value) return [];
    await new Promise(requestAnimationFrame);
  }
  return [`the clipboard never has ${field.value}`];
};

/** Presses each button that copies something; resolves to what is wrong if the clipboard does not have it then. */
export const findCopyFaults = async (tab: Tab): Promise<readonly string[]> => {
  const faults: string[] = [];
  let index = 0;
  for (; (await tab.run(focusButton, index)).length > 0; index++) {
    await tab.press("Enter");
    faults.push(...(await tab.run(awaitCopy)));
  }
  return index === 0 ? ["there is no button that copies"] : faults;
};
