import { mapInTurns } from "../../lib/map-in-turns.ts";
import { keysOf, partyOf } from "../../outbound/party.ts";
import type { ConsumerContext } from "../consumer-context.ts";
import type { QueueMessage, Verification, VerificationOutcome } from "../rpc.ts";
import { CONCURRENCY } from "../settings.ts";
import { withRetries } from "../with-retries.ts";
import { verifySubscriber } from "./verify-subscriber.ts";

/**
 * None is begun when the time-out of those before has passed twice: what is left is handed out again, where it is its
 * turn.
 */
const MAX_ROUNDS = 2;

const verifyAll = async ({ shard: name, batch }: QueueMessage, context: ConsumerContext): Promise<void> => {
  const { settings, outbound, hangs, now } = context;
  const taken = await withRetries(() => context.shard(name).takeVerifications(batch));
  if (taken === undefined) return;
  const { topic, isPatient, verifications } = taken;
  const client = { ...outbound, timeoutMs: isPatient ? settings.timeoutMs : settings.quickTimeoutMs };
  const deadline = now() + (isPatient ? 1 : MAX_ROUNDS) * client.timeoutMs;
  const report = (outcomes: readonly VerificationOutcome[]): Promise<void> =>
    withRetries(() => context.shard(name).reportVerifications(outcomes));

  const isSlow = (verification: Verification): boolean => {
    const [host = "", ...groups] = keysOf(partyOf(verification.callback, verification.address));
    // Whose domain and network a subscriber shares says nothing of it.
    return (verification.isSubscriber ? [host] : [host, ...groups]).some((key) => hangs.isSlow(key, now()));
  };
  const verify = async (verification: Verification): Promise<VerificationOutcome | undefined> => {
    const { callback, challenge, address } = verification;
    const party = partyOf(callback, address);
    // A host that hangs in spite of all patience would use it up for others.
    const patienceKey = `patience with ${party.host}`;
    if (now() >= deadline) return { callback, challenge, answer: "not asked" };
    if (isPatient && hangs.isSlow(patienceKey, now())) return { callback, challenge, answer: "hung" };
    if (!isPatient && isSlow(verification)) return { callback, challenge, answer: "slow" };
    const answer = await verifySubscriber(client, topic, verification);
    hangs.record([...keysOf(party), ...(isPatient ? [patienceKey] : [])], answer !== "hung", now());
    if (answer !== "confirmed") return { callback, challenge, answer };
    // At once: a new subscriber must not miss what is published while others let us wait.
    await report([{ callback, challenge, answer }]);
    return undefined;
  };

  const keys = ({ callback, address }: Verification): readonly string[] => keysOf(partyOf(callback, address));
  const outcomes = await mapInTurns(verifications, keys, verify, { max: CONCURRENCY, maxPerKey: 1 });
  const others = outcomes.filter((outcome) => outcome !== undefined);
  if (others.length > 0) await report(others);
};

/**
 * Asks the callbacks of a message of the queue whether they meant their requests, or tells them that they are denied:
 * one at a time of each host, domain and network. Never rejects, and the message need not come again: what is not
 * reported, its shard hands out once more.
 */
export const verifyBatch = async (message: QueueMessage, context: ConsumerContext): Promise<void> => {
  try {
    await verifyAll(message, context);
  } catch (error) {
    console.error("a batch of verifications failed:", error);
  }
};
