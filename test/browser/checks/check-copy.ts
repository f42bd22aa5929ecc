import type { Tab } from "../browsers/tab.ts";

/** Gives the focus to one of the buttons that copy and can be seen; returns its text, or nothing if there are no more. */
const focusButton = (index: number): readonly string[] => {
  const buttons = Array.from(document.querySelectorAll<HTMLElement>("button[data-copies]"));
  const button = buttons.filter((one) => one.checkVisibility())[index];
  button?.focus();
  return button === undefined ? [] : [button.textContent ?? ""];
};

/** Waits until the clipboard has the value of the field that the button copies, or says why it can't. */
const awaitCopy = async (index: number): Promise<readonly string[]> => {
  const buttons = Array.from(document.querySelectorAll<HTMLElement>("button[data-copies]"));
  const button = buttons.filter((one) => one.checkVisibility())[index];
  const field = document.getElementById(button?.dataset.copies ?? "");
  if (!(field instanceof HTMLInputElement)) return ["there is no field that the button copies"];
  const deadline = Date.now() + 30_000;
  let copied = "";
  while (Date.now() < deadline) {
    copied = await navigator.clipboard.readText();
    if (field.value !== "" && copied === field.value) return [];
    await new Promise(requestAnimationFrame);
  }
  return [`the clipboard never has ${field.value}, but ${copied}`];
};

/** Presses each button that copies something; resolves to what is wrong if the clipboard does not have it then. */
export const findCopyFaults = async (tab: Tab): Promise<readonly string[]> => {
  const faults: string[] = [];
  let index = 0;
  for (; (await tab.run(focusButton, index)).length > 0; index++) {
    await tab.press("Enter");
    faults.push(...(await tab.run(awaitCopy, index)));
  }
  return index === 0 ? ["there is no button that copies"] : faults;
};
