import { describe, expect, it } from "vitest";
import type { Partner } from "../../src/model/partners/partner.ts";
import { NO_TERMS } from "../../src/model/selection.ts";
import { describeTerms } from "../../src/partners/terms.ts";
import { openStore } from "../catalog/support/open-store.ts";
import { ORIGIN } from "../fixtures/publication.ts";

const { channel } = await openStore({});

const PARTNER: Partner = {
  ...{ name: "acme", contact: "desk@acme.example", enabled: true, open: false, rate: "standard" },
  ...{ tokens: [{ sha256: "ab".repeat(32), until: 1000 }], header: "x-acme-key", networks: ["192.0.2.0/24"] },
  ...{ selection: { include: { ...NO_TERMS, tags: ["film"] }, exclude: NO_TERMS }, text: "full", delaySeconds: 90 },
  ...{ formats: ["rss"], attribution: { "*": "By {link}" }, expires: 0 },
};

const FEEDS = [{ name: "rss", url: `${ORIGIN}/partners/acme/rss.xml`, mediaType: "application/rss+xml" }];

const WITHDRAWAL = {
  ...{ id: "tag:a", slug: "a", url: `${ORIGIN}/articles/a`, published: 0, at: 5000, reason: "Wrong." },
  language: "de",
};

const terms = JSON.parse(JSON.stringify(describeTerms(PARTNER, channel, FEEDS, [WITHDRAWAL])));

describe("the terms that a partner is told", () => {
  it("say what it may take, in which files, until when, and the last withdrawals", () => {
    expect(terms).toEqual({
      partner: "acme",
      publication: { title: "The Courier", url: `${ORIGIN}/` },
      feeds: FEEDS,
      include: { tags: ["film"] },
      exclude: {},
      text: "full",
      length: channel.feedLength,
      delaySeconds: 90,
      rate: [
        { requests: 20, seconds: 10 },
        { requests: 60, seconds: 60 },
      ],
      expires: "1970-01-01T00:00:00.000Z",
      attribution: "By {link}",
      noticeDays: channel.noticeDays,
      withdrawals: [{ id: "tag:a", url: WITHDRAWAL.url, at: "1970-01-01T00:00:05.000Z", reason: "Wrong." }],
    });
  });

  it("say nothing of tokens, networks, headers and whom the publisher calls", () => {
    expect(JSON.stringify(terms)).not.toMatch(/abab|192\.0\.2|x-acme-key|desk@/);
  });
});
