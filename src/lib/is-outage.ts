import { Unavailable } from "./with-timeout.ts";

/**
 * What D1 and Durable Objects say while they cannot be asked
 * (https://developers.cloudflare.com/d1/observability/debug-d1/#error-list,
 * https://developers.cloudflare.com/durable-objects/observability/troubleshooting/). Everything else that they say is
 * about the request: it would fail again.
 */
const MESSAGES = [
  "network connection lost",
  "caused object to be reset",
  "and was reset",
  "reset because its code was updated",
  "is overloaded",
  "too much load",
  "too many concurrent",
  "transient issue on remote node",
  "replica disconnected from primary",
  "client disconnected",
  "internal error; reference",
  "long-running export",
  "sqlite_busy",
];

/**
 * Whether an error means that a service did not answer: the same request may succeed later, and may have been carried
 * out all the same. Not so an SQL error or a constraint that is violated.
 */
export const isOutage = (error: unknown): boolean => {
  if (error instanceof Unavailable) return true;
  if (!(error instanceof Error)) return false;
  const message = error.message.toLowerCase();
  return MESSAGES.some((one) => message.includes(one));
};
