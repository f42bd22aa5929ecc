import { timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same. Takes the same time for all that are as long; only the length is no secret. */
export const isSameSecret = (a: string, b: string): boolean => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
};
