import type { Outside } from "./ask-subscriber.ts";

/** Tells a hub elsewhere that a topic has changed (WebSub §6, as hubs in use understand it). Gives why it did not work. */
export const sendPing = async (
  { fetch, timeOut }: Pick<Outside, "fetch" | "timeOut">,
  hub: string,
  topic: string,
): Promise<string | undefined> => {
  try {
    const response = await fetch(hub, {
      method: "POST",
      body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeOut),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answers ${response.status}`;
  } catch (error) {
    return String(error);
  }
};
