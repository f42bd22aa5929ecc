import { threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { measureWait, type Scenario, TOPICS } from "./measure.ts";

const HANGING = 90;

const SCENARIOS: readonly Scenario[] = [
  { name: "subscribing: all that hang are on one host", hosts: 1, topics: 1, wish: "subscribe" },
  { name: "subscribing: each that hangs is on a host of its own", hosts: HANGING, topics: 1, wish: "subscribe" },
  { name: "subscribing: one host, many topics", hosts: 1, topics: TOPICS.length, wish: "subscribe" },
  { name: "subscribing: many hosts, many topics", hosts: HANGING, topics: TOPICS.length, wish: "subscribe" },
  { name: "renewing: each that hangs is on a host of its own", hosts: HANGING, topics: 1, wish: "renew" },
  { name: "delivery: all that hang are on one host", hosts: 1, topics: 1, wish: "deliver" },
  { name: "delivery: each that hangs is on a host of its own", hosts: HANGING, topics: 1, wish: "deliver" },
];

/** How long a good subscriber waits while many callbacks hang. */
export const starvationPart: Part = async ({ isQuick, before }) => {
  const [count, scenarios] = isQuick ? [12, SCENARIOS.slice(0, 1)] : [HANGING, SCENARIOS];
  const rows: string[][] = [];
  for (const scenario of scenarios) {
    const seconds = await measureWait(scenario, count, undefined);
    const former = before === undefined ? [] : [threeDigits(await measureWait(scenario, count, before))];
    rows.push([scenario.name, threeDigits(seconds), ...former]);
  }
  return `## Starvation

${count} callbacks that accept connections and never answer have asked for subscriptions. Then a good subscriber comes, whose callback answers at
once: seconds until it is asked to confirm, or gets an edition. All callbacks are on loopback, each host is a port. miniflare works on one message of the
queue after the other; Cloudflare works on several at the same time.
Goal: seconds.

${table(["what hangs", "seconds", ...(before === undefined ? [] : ["before"])], rows)}
`;
};
