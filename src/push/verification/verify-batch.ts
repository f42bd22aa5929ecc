import { mapInTurns } from "../../lib/map-in-turns.ts";
import { keysOf, type Party, partyOf } from "../../outbound/party.ts";
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

const partyOfCallback = ({ callback, address }: Verification): Party => partyOf(callback, address);

const verifyAll = async ({ shard: name, batch }: QueueMessage, context: ConsumerContext): Promise<void> => {
  const { settings, outbound, hangs, patientHangs, now } = context;
  const taken = await withRetries(() => context.shard(name).takeVerifications(batch));
  if (taken === undefined) return;
  const { topic, isPatient, verifications } = taken;
  const client = { ...outbound, timeoutMs: isPatient ? settings.timeoutMs : settings.quickTimeoutMs };
  const deadline = now() + (isPatient ? 1 : MAX_ROUNDS) * client.timeoutMs;
  const report = (outcomes: readonly VerificationOutcome[]): Promise<void> =>
    withRetries(() => context.shard(name).reportVerifications(outcomes));

  /** What is known without asking. */
  const answerFor = (verification: Verification): VerificationOutcome["answer"] | undefined => {
    const party = partyOfCallback(verification);
    if (now() >= deadline) return "not asked";
    // Whose subscription ends since it hangs is told so all the same.
    if (verification.mode === "denied") return undefined;
    // A host that hangs in spite of all patience would use it up for others.
    if (isPatient) return patientHangs.isSlow(party, "host", now()) ? "hung" : undefined;
    // Whose domain and network a subscriber shares says nothing of it.
    return hangs.isSlow(party, verification.isSubscriber ? "host" : "all", now()) ? "slow" : undefined;
  };
  const ask = async (verification: Verification): Promise<VerificationOutcome["answer"]> => {
    const answer = await verifySubscriber(client, topic, verification);
    const party = partyOfCallback(verification);
    for (const tracker of isPatient ? [hangs, patientHangs] : [hangs]) tracker.record(party, answer !== "hung", now());
    return answer;
  };
  const verify = async (verification: Verification): Promise<VerificationOutcome | undefined> => {
    const { callback, challenge } = verification;
    const answer = answerFor(verification) ?? (await ask(verification));
    if (answer !== "confirmed") return { callback, challenge, answer };
    // At once: a new subscriber must not miss what is published while others let us wait.
    await report([{ callback, challenge, answer }]);
    return undefined;
  };

  // With patience, a domain or network would wait for too long.
  const keys = (verification: Verification): readonly string[] =>
    keysOf(partyOfCallback(verification)).slice(0, isPatient ? 1 : undefined);
  const outcomes = await mapInTurns(verifications, keys, verify, { max: CONCURRENCY, maxPerKey: 1 });
  const others = outcomes.filter((outcome) => outcome !== undefined);
  if (others.length > 0) await report(others);
};

/**
 * Asks the callbacks of a message of the queue whether they meant their requests, or tells them that they are denied: one
 * at a time of each host, and of each domain and network unless they get the whole time-out. Never rejects, and the
 * message need not come again: what is not reported, its shard hands out once more.
 */
export const verifyBatch = async (message: QueueMessage, context: ConsumerContext): Promise<void> => {
  try {
    await verifyAll(message, context);
  } catch (error) {
    console.error("a batch of verifications failed:", error);
  }
};
