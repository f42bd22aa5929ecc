import { createHash } from "node:crypto";
import { type Files, instant, site, story } from "../../fixtures/publication.ts";

// The states that a contract can be in, the ways in which a token can come, and what each must be answered.

export const NOW = instant("2026-03-01T12:00:00Z");

/** SHA-256 of a token, as contracts have it. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A token that nobody has. */
export const WRONG_TOKEN = "a-token-that-nobody-was-ever-given";

/** The token of a partner whose contract is valid, and asks for nothing else. */
export const VALID_TOKEN = "token-of-valid";

export const KEY_HEADER = "X-Partner-Key";

const contract = (token: string, more: object = {}): object => ({
  contact: `desk-of-${token}@partner.example`,
  tokens: [{ sha256: hashOf(token) }],
  header: KEY_HEADER,
  formats: ["rss", "json"],
  ...more,
});

const rotated = {
  tokens: [
    { sha256: hashOf("token-of-rotated-new") },
    { sha256: hashOf("token-of-rotated-old"), until: "2026-03-01T12:00:01Z" },
    { sha256: hashOf("token-of-rotated-ended"), until: "2026-03-01T12:00:00Z" },
  ],
};

/** All contracts, by name. The one with `revoked` is to be removed again. */
export const CONTRACTS: Readonly<Record<string, object>> = {
  valid: contract(VALID_TOKEN),
  rotated: contract("", rotated),
  expired: contract("token-of-expired", { expires: "2026-03-01T12:00:00Z" }),
  "nearly-expired": contract("token-of-nearly-expired", { expires: "2026-03-01T12:00:01Z" }),
  disabled: contract("token-of-disabled", { enabled: false }),
  "disabled-and-rotated": contract("", { ...rotated, enabled: false }),
  revoked: contract("token-of-revoked"),
};

/** A state: the partner that is asked for, its token, and what a request with it gets at what the contract has. */
const STATES = [
  ["valid", "valid", VALID_TOKEN, 200],
  ["rotated old", "rotated", "token-of-rotated-old", 200],
  ["rotated new", "rotated", "token-of-rotated-new", 200],
  ["ended", "rotated", "token-of-rotated-ended", 401],
  ["expired", "expired", "token-of-expired", 403],
  ["about to expire", "nearly-expired", "token-of-nearly-expired", 200],
  ["disabled", "disabled", "token-of-disabled", 403],
  ["ended and disabled", "disabled-and-rotated", "token-of-rotated-ended", 401],
  ["revoked", "revoked", "token-of-revoked", 401],
  ["unknown", "nobody", VALID_TOKEN, 401],
] as const;

type Fields = Readonly<Record<string, string>>;

const basic = (text: string): string => `Basic ${btoa(text)}`;

/** The ways of a request to have a token, and whether that can be a right one. */
const SCHEMES: readonly (readonly [string, (token: string) => Fields, boolean])[] = [
  ["Bearer", (token) => ({ authorization: `Bearer ${token}` }), true],
  ["Basic", (token) => ({ authorization: basic(`any user:${token}`) }), true],
  ["own header", (token) => ({ [KEY_HEADER]: token }), true],
  ["none", () => ({}), false],
  ["wrong Bearer", () => ({ authorization: `Bearer ${WRONG_TOKEN}` }), false],
  ["wrong Basic", (token) => ({ authorization: basic(`${token}:${WRONG_TOKEN}`) }), false],
  ["wrong own header", () => ({ [KEY_HEADER]: WRONG_TOKEN }), false],
  ["hash as Bearer", (token) => ({ authorization: `Bearer ${hashOf(token)}` }), false],
  [
    "another's Bearer",
    (token) => ({ authorization: `Bearer ${token === VALID_TOKEN ? "token-of-nearly-expired" : VALID_TOKEN}` }),
    false,
  ],
  ["unknown scheme", (token) => ({ authorization: `Token ${token}` }), false],
];

const ROUTES = [
  ["terms", "", 200],
  ["feed in contract", "/rss.xml", 200],
  ["feed not in contract", "/atom.xml", 404],
] as const;

/** A cell of the matrix. */
export interface Cell {
  readonly cell: string;
  readonly path: string;
  readonly headers: Fields;
  readonly status: number;
}

/** Partner × state × scheme × route. */
export const CELLS: readonly Cell[] = STATES.flatMap(([state, partner, token, whole]) =>
  SCHEMES.flatMap(([scheme, headersOf, isRight]) =>
    ROUTES.map(([route, file, status]) => ({
      cell: `${state}, ${scheme}, ${route}`,
      path: `/partners/${partner}${file}`,
      headers: headersOf(token),
      status: isRight ? (whole === 200 ? status : whole) : 401,
    })),
  ),
);

/** All of a response that a client can compare with another: nothing of a refusal may depend on why it is one. */
export const wholeOf = async (response: Response) => ({
  status: response.status,
  statusText: response.statusText,
  headers: [...response.headers].filter(([name]) => name !== "date"),
  body: [...(await response.bytes())],
});

/** A content/ folder with contracts. */
export const filesWith = (contracts: Readonly<Record<string, object>>, more: Files = {}): Files => ({
  "site.yaml": site({ sections: { world: "World" } }),
  "partners.yaml": JSON.stringify(contracts),
  "a.md": story("a", { tags: ["film"], published: "2026-01-01T00:00:00Z" }),
  "b.md": story("b", { section: "world", published: "2026-01-02T00:00:00Z" }),
  ...more,
});
