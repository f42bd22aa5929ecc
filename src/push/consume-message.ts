import type { ConsumerContext } from "./consumer-context.ts";
import { deliverBatch } from "./delivery/deliver-batch.ts";
import type { QueueMessage } from "./rpc.ts";
import { verifyBatch } from "./verification/verify-batch.ts";

/**
 * Does what a message of the queue says. Whoever may let us wait for long holds up no other message: that work goes on by
 * `waitUntil` (the compatibility flag `queue_consumer_no_wait_for_wait_until`). Shards bound how much of it there is.
 */
export const consumeMessage = async (
  message: QueueMessage,
  context: ConsumerContext,
  waitUntil: (work: Promise<void>) => void,
): Promise<void> => {
  if (message.kind === "verification") waitUntil(verifyBatch(message, context));
  else if (message.kind === "patient delivery") waitUntil(deliverBatch(message, context));
  else await deliverBatch(message, context);
};
