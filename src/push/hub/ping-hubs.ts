import { mapConcurrently } from "../../outbound/concurrency.ts";
import { retryDelayMs } from "../../outbound/retry.ts";
import { CONCURRENCY, MAX_CALLBACKS_PER_INVOCATION } from "../settings.ts";
import type { HubDependencies } from "./dependencies.ts";
import type { Ping, Pings } from "./pings.ts";
import { sendPing } from "./send-ping.ts";

const MAX_ATTEMPTS = 8;

/** Sends the pings that are due, as many as one invocation may send requests. What fails is tried again. */
export const pingHubs = async (
  pings: Pings,
  { outbound, now, settings, random }: Pick<HubDependencies, "now" | "outbound" | "random" | "settings">,
): Promise<void> => {
  const send = async (ping: Ping): Promise<void> => {
    const { hub, topic, attempts } = ping;
    const failure = await sendPing(outbound, hub, topic);
    if (failure !== undefined) console.error(`${hub} could not be told that ${topic} has changed: ${failure}`);
    const isOver = failure === undefined || attempts + 1 >= MAX_ATTEMPTS;
    pings.settle(ping, isOver ? null : now() + retryDelayMs(settings.retry, attempts + 1, random));
  };
  await mapConcurrently(pings.due(now(), MAX_CALLBACKS_PER_INVOCATION), send, { concurrency: CONCURRENCY });
};
