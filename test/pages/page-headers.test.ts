import { expect, it } from "vitest";
import { pageHeaders } from "../../src/pages/page-headers.ts";

it("a page runs no script, has no form, is in no frame, and tells other sites its origin only", () => {
  const { "content-security-policy": policy, ...others } = pageHeaders;
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' https: http:",
    "media-src 'self' https: http:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(others).toEqual({ "referrer-policy": "strict-origin-when-cross-origin" });
});
