import { describe, expect, it } from "vitest";
import { findTokenFault, MIN_TOKEN_LENGTH } from "../../src/lib/bearer-token.ts";

const LONG_ENOUGH = "x".repeat(MIN_TOKEN_LENGTH);

describe("a token", () => {
  it.each([LONG_ENOUGH, `${LONG_ENOUGH.slice(2)}==`, "0123456789abcdef0123456789ABCDEF-._~+/", "x".repeat(512)])(
    "can be %s",
    (token) => {
      expect(findTokenFault(token)).toBeUndefined();
    },
  );

  it.each([
    ["", /fewer than 32/],
    ["secret", /fewer than 32/],
    [LONG_ENOUGH.slice(1), /fewer than 32/],
    ["x".repeat(513), /more than 512/],
    [`${LONG_ENOUGH} y`, /characters that no bearer token has/],
    [` ${LONG_ENOUGH}`, /characters that no bearer token has/],
    [`${LONG_ENOUGH}\n`, /characters that no bearer token has/],
    [`${LONG_ENOUGH}é`, /characters that no bearer token has/],
    [`${LONG_ENOUGH}=y`, /characters that no bearer token has/],
  ])("cannot be %j, and the reason does not show it", (token, reason) => {
    const fault = findTokenFault(token) ?? "";
    expect(fault).toMatch(reason);
    if (token !== "") expect(fault).not.toContain(token);
  });
});
