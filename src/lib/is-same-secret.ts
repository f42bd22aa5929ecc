import { timingSafeEqual } from "node:crypto";

const encoder = new TextEncoder();

/** Whether two secrets are the same. Takes the same time for all that are as long; only the length is no secret. */
export const isSameSecret = (a: string, b: string): boolean => {
  const [first, second] = [encoder.encode(a), encoder.encode(b)];
  return first.length === second.length && timingSafeEqual(first, second);
};
