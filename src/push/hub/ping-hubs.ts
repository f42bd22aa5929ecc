import { inParallel } from "../../outbound/concurrency.ts";
import { CALLBACKS_A_MESSAGE, CONCURRENCY, retryDelay } from "../settings.ts";
import type { HubDependencies } from "./dependencies.ts";
import type { Pings } from "./pings.ts";
import { sendPing } from "./send-ping.ts";

const MAX_ATTEMPTS = 8;

/** Sends the pings that are due, as many as one invocation may send requests. What fails is tried again. */
export const pingHubs = async (
  pings: Pings,
  { outbound, now, settings, random }: Pick<HubDependencies, "now" | "outbound" | "random" | "settings">,
): Promise<void> => {
  await inParallel(pings.due(now(), CALLBACKS_A_MESSAGE), CONCURRENCY, async (ping) => {
    const { hub, topic, attempts } = ping;
    const failure = await sendPing(outbound, hub, topic);
    if (failure !== undefined) console.error(`${hub} could not be told that ${topic} has changed: ${failure}`);
    const isOver = failure === undefined || attempts + 1 >= MAX_ATTEMPTS;
    pings.settle(ping, isOver ? null : now() + retryDelay(settings, attempts + 1, random));
  });
};
