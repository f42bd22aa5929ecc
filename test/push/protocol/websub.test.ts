import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publishRequest, readHubRequest, sign, websub } from "../../../src/push/protocol/websub.ts";

const TOPIC = "https://courier.example.org/rss.xml";
const CALLBACK = "https://news.example.com/callback?x=1&y=%26";

const form = (more: Readonly<Record<string, string>> = {}, without?: string): URLSearchParams => {
  const all = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.topic": TOPIC,
    "hub.callback": CALLBACK,
    ...more,
  });
  if (without !== undefined) all.delete(without);
  return all;
};

const plain = { protocol: "websub", mode: "subscribe", topic: TOPIC, callback: CALLBACK };

describe("a request to the hub", () => {
  it("needs a mode, a topic and a callback, and no more", () => {
    expect(readHubRequest(form())).toEqual(plain);
  });

  it("may have a lease and a secret", () => {
    const more = { "hub.lease_seconds": "86400", "hub.secret": "open sesame" };
    expect(readHubRequest(form(more))).toEqual({ ...plain, leaseSeconds: 86_400, secret: "open sesame" });
  });

  it.each(["of PubSubHubbub & =?%", "", "x".repeat(512)])(
    "may have a token that is to be echoed: %j",
    (verifyToken) => {
      for (const mode of ["subscribe", "unsubscribe"] as const) {
        const request = readHubRequest(form({ "hub.mode": mode, "hub.verify_token": verifyToken }));
        expect(request).toEqual({ ...plain, mode, verifyToken });
      }
    },
  );

  it("unsubscribes in the same way", () => {
    expect(readHubRequest(form({ "hub.mode": "unsubscribe" }))).toEqual({ ...plain, mode: "unsubscribe" });
  });

  it("is read as it was encoded", () => {
    expect(readHubRequest(new URLSearchParams(form().toString()))).toEqual(plain);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["another of the hub", { "hub.verify": "async", "hub.unknown": "y" }],
    ["any other", { callback: "https://elsewhere.example.com/", secret: "x", lease_seconds: "-1" }],
    ["one in capitals", { "HUB.SECRET": "x" }],
    ["a lease without a value", { "hub.lease_seconds": "" }],
    ["a secret without a value", { "hub.secret": "" }],
  ])("ignores %s", (_, more) => expect(readHubRequest(form(more))).toEqual(plain));

  it("is read from the first of two parameters of the same name", () => {
    const two = form();
    two.append("hub.callback", "https://elsewhere.example.com/");
    expect(readHubRequest(two)).toEqual(plain);
  });

  it.each<[string, URLSearchParams, RegExp]>([
    ["nothing", new URLSearchParams(), /hub\.mode must be subscribe or unsubscribe, or publish/],
    ["no mode", form({}, "hub.mode"), /hub\.mode/],
    ["another mode", form({ "hub.mode": "denied" }), /hub\.mode/],
    ["a token of more than 512 bytes", form({ "hub.verify_token": "é".repeat(257) }), /hub\.verify_token .* 512 bytes/],
    ["a mode in capitals", form({ "hub.mode": "Subscribe" }), /hub\.mode/],
    ["a mode with a space", form({ "hub.mode": "subscribe " }), /hub\.mode/],
    ["no topic", form({}, "hub.topic"), /hub\.topic is missing/],
    ["an empty topic", form({ "hub.topic": "" }), /hub\.topic is missing/],
    ["no callback", form({}, "hub.callback"), /hub\.callback is missing/],
    ["an empty callback", form({ "hub.callback": "" }), /hub\.callback is missing/],
    ...[
      "0",
      "000",
      "-1",
      "+1",
      "1.5",
      "1e3",
      "0x10",
      " 60",
      "60 ",
      "ten",
      "NaN",
      "Infinity",
      "1234567890123",
      "６０",
    ].map((lease): [string, URLSearchParams, RegExp] => [
      `a lease of ${JSON.stringify(lease)}`,
      form({ "hub.lease_seconds": lease }),
      /hub\.lease_seconds must be a whole number of seconds, more than 0/,
    ]),
  ])("is refused with %s", (_, wrong, why) => expect(readHubRequest(wrong)).toMatch(why));

  it.each<[string, number]>([
    ["1", 1],
    ["060", 60],
    ["864000", 864_000],
    ["999999999999", 999_999_999_999],
  ])("may wish for a lease of %s seconds", (text, leaseSeconds) => {
    expect(readHubRequest(form({ "hub.lease_seconds": text }))).toEqual({ ...plain, leaseSeconds });
  });

  it.each<[string, string, boolean]>([
    ["199 letters", "x".repeat(199), true],
    ["200 letters", "x".repeat(200), false],
    ["99 letters of two bytes, and one of one", `${"ü".repeat(99)}x`, true],
    ["100 letters of two bytes", "ü".repeat(100), false],
    ["66 letters of three bytes", "語".repeat(66), true],
    ["67 letters of three bytes", "語".repeat(67), false],
    ["49 of four bytes", "😀".repeat(49), true],
    ["50 of four bytes", "😀".repeat(50), false],
    ["a space", " ", true],
  ])("may have a secret of less than 200 bytes: %s", (_, secret, may) => {
    const request = readHubRequest(form({ "hub.secret": secret }));
    if (may) expect(request).toEqual({ ...plain, secret });
    else expect(request).toMatch(/^hub\.secret must have less than 200 bytes\.$/);
  });

  it("is refused without repeating its secret", () => {
    const secret = fc.string({ minLength: 20, maxLength: 400, unit: "binary" });
    fc.assert(
      fc.property(secret, fc.constantFrom("hub.mode", "hub.topic", "hub.callback", undefined), (text, without) => {
        const request = readHubRequest(form({ "hub.secret": text }, without));
        if (typeof request === "string") expect(request).not.toContain(text);
        else expect(Buffer.byteLength(request.secret ?? "")).toBeLessThan(200);
      }),
    );
  });
});

describe("a signature", () => {
  // Test case 2 (§4.3).
  it("is that of RFC 4231", () => {
    expect(sign(Buffer.from("what do ya want for nothing?"), "Jefe", "sha256")).toBe(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it.each([
    ["sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
    ["sha384", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"],
    [
      "sha512",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    ],
  ] as const)("by %s is that of RFC 2202 or RFC 4231", (method, hexadecimal) => {
    const signature = sign(Buffer.from("what do ya want for nothing?"), "Jefe", method);
    expect(signature).toBe(`${method}=${hexadecimal}`);
  });

  it("is 64 hexadecimal digits, and another one for each body and secret", () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const secret = fc.string({ minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(bytes, secret, (body, text) => {
        const signature = sign(body, text, "sha256");
        expect(signature).toMatch(/^sha256=[\da-f]{64}$/);
        expect(sign(body, text, "sha256")).toBe(signature);
        expect(sign(Uint8Array.of(...body, 1), text, "sha256")).not.toBe(signature);
        expect(sign(body, `${text}x`, "sha256")).not.toBe(signature);
      }),
    );
  });
});

describe("what a hub sends", () => {
  const intent = { topic: TOPIC, leaseSeconds: 86_399.2 } as const;
  const asked = { "hub.topic": TOPIC, "hub.challenge": "c" };

  it("asks for what was requested: with the lease, in whole seconds that are no fewer, only if that is to subscribe", () => {
    expect(websub.verificationQuery({ ...intent, mode: "subscribe", verifyToken: "" }, "c")).toEqual({
      ...asked,
      ...{ "hub.mode": "subscribe", "hub.lease_seconds": "86400", "hub.verify_token": "" },
    });
    expect(websub.verificationQuery({ ...intent, mode: "unsubscribe" }, "c")).toEqual({
      ...{ ...asked, "hub.mode": "unsubscribe" },
    });
  });

  it("names the topic of a change by both names that hubs elsewhere look for", () => {
    const { method, body } = publishRequest(TOPIC);
    expect([method, Object.fromEntries(new URLSearchParams(String(body)))]).toEqual([
      "POST",
      { "hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC },
    ]);
  });
});
