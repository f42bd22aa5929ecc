import type { SignatureMethod } from "../../model/signature-method.ts";
import type { TopicEdition } from "../topic-edition.ts";

/**
 * How a subscriber is spoken to: by WebSub, which brings it the feed, or by rssCloud, which only says that it has
 * changed.
 */
export type Protocol = "websub" | "rsscloud";

/** A subscriber's request to the hub (WebSub §5.1, or rssCloud's pleaseNotify), for one topic. */
export interface HubRequest {
  readonly protocol: Protocol;
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  readonly callback: string;
  /** For how long the subscriber wishes to subscribe. */
  readonly leaseSeconds?: number;
  /** Signs what is delivered. */
  readonly secret?: string;
  /** Is echoed when the callback is asked to confirm. */
  readonly verifyToken?: string;
  /** IP address of the callback's host, if it was looked up. */
  readonly address?: string;
}

/** What a subscriber is asked to confirm before a request of it has an effect. */
export interface Intent {
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  /** For how long the subscription will hold; counts for `subscribe` only. */
  readonly leaseSeconds: number;
  /** Of the request, which is echoed. */
  readonly verifyToken?: string;
}

/** What is delivered: an edition of a topic, with the address of the hub that sends it. */
export interface Payload extends TopicEdition {
  readonly topic: string;
  readonly hubUrl: string;
}

/** Parameters for the query of a callback. */
export type Query = Readonly<Record<string, string>>;

/** What is said to a subscriber's callback in one of the protocols. */
export interface CallbackProtocol {
  /**
   * The query of the GET that asks whether the subscriber meant its request. It confirms by answering with the
   * challenge.
   */
  verificationQuery(intent: Intent, challenge: string): Query;
  /**
   * The query of the GET that says why somebody does not, or not any longer, subscribe; undefined if the protocol
   * cannot say so.
   */
  denialQuery(topic: string, reason: string): Query | undefined;
  /** The request that delivers an edition, or tells of it. */
  deliveryRequest(payload: Payload, secret: string | undefined, signature: SignatureMethod): RequestInit;
}
