import { fetchDiscardingBody, type HttpClient } from "../../outbound/guarded-fetch.ts";

/** Tells a hub elsewhere that a topic has changed (WebSub §6, as hubs in use understand it). Gives why it did not work. */
export const sendPing = async (outbound: HttpClient, hub: string, topic: string): Promise<string | undefined> => {
  try {
    const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
    const response = await fetchDiscardingBody(outbound, hub, { method: "POST", body });
    return response.ok ? undefined : `it answers ${response.status}`;
  } catch (error) {
    return String(error);
  }
};
