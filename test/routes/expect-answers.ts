import { expect } from "vitest";
import { headersOf, type Served } from "./serve.ts";

/** An address, and the Accept header that it is asked with. */
export interface Resource {
  readonly path: string;
  readonly accept?: string;
}

/** The validators that a client keeps. */
export interface Validators {
  readonly tag: string;
  /** Milliseconds. */
  readonly modified: number;
}

type Fields = Readonly<Record<string, string>>;

const ask = ({ fetch }: Served, { path, accept = "*/*" }: Resource, headers: Fields = {}, method = "GET") =>
  fetch(path, { method, headers: { accept, ...headers } });

/** What a client holds that asks now. */
export const currentValidators = async (served: Served, resource: Resource): Promise<Validators> => {
  const { headers } = await ask(served, resource);
  return { tag: headers.get("etag") ?? "", modified: Date.parse(headers.get("last-modified") ?? "") };
};

/**
 * Asks by GET and by HEAD, and expects of each the status and just the headers and the body that go with it:
 * a 304 carries all that the 200 would but what describes a body (RFC 9110 §15.4.5), a HEAD all but the body.
 */
export const expectAnswers = async (
  served: Served,
  resource: Resource,
  headers: Fields,
  status: number,
): Promise<void> => {
  const whole = await ask(served, resource);
  const text = await whole.text();
  const { "content-type": _, "content-length": length, ...carried } = headersOf(whole);
  expect(Number(length)).toBe(new TextEncoder().encode(text).length);
  const get = await ask(served, resource, headers);
  const head = await ask(served, resource, headers, "HEAD");
  expect({ ...resource, statuses: [get.status, head.status] }).toEqual({ ...resource, statuses: [status, status] });
  if (status === 200) expect(headersOf(get)).toEqual(headersOf(whole));
  if (status === 304) expect(headersOf(get)).toEqual(carried);
  expect(headersOf(head)).toEqual(headersOf(get));
  expect(head.body).toBeNull();
  const body = await get.text();
  expect(body === text).toBe(status === 200);
  expect(body === "").toBe(status === 304);
};
