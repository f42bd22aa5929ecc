import type { Tab } from "../browsers/tab.ts";

/** Runs all rules of axe-core that are no experiments; resolves to what violates them. */
export const findViolations = (tab: Tab): Promise<readonly string[]> =>
  tab.run(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], preload: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 160)}\n${failureSummary}`),
    );
  });
