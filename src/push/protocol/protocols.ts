import type { CallbackProtocol, Protocol } from "./protocol.ts";
import { rsscloud } from "./rsscloud.ts";
import { websub } from "./websub.ts";

/** The protocols that subscribers may speak, by the name that is stored with each subscription. */
export const protocols: Readonly<Record<Protocol, CallbackProtocol>> = { websub, rsscloud };
