import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { check } from "../../src/cli/check.ts";
import { partner } from "../../src/cli/partner.ts";
import { compilePartners } from "../../src/content/partners/partners.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import type { Partner } from "../../src/model/partners/partner.ts";
import { site, story } from "../fixtures/publication.ts";
import { refusal } from "./newsroom/fake-newsroom.ts";
import { type ServerAnswer, serveNewsroom } from "./newsroom/newsroom-server.ts";
import { run } from "./run.ts";
import { useFolder } from "./use-folder.ts";

// npm run partner with contracts in content/. With a newsroom: test/end-to-end/partners.test.ts.

const PATH = "content/partners.yaml";

const printed = useFolder("feedwright-partner-");

beforeEach(() => {
  mkdirSync("content");
  writeFileSync("content/site.yaml", site({ sections: { world: "World" } }));
  writeFileSync("content/a.md", story("a", { tags: ["film"], authors: [{ name: "Jane Doe" }] }));
});

const read = (): string => readFileSync(PATH, "utf8");

const contracts = (): readonly Partner[] => {
  const { file, partners } = compilePartners(read(), [{ key: "world", name: "World" }]);
  expect(file.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return partners;
};

/** Runs a command that must succeed, and returns what it printed. */
const succeed = async (...args: readonly string[]): Promise<string> => {
  printed.length = 0;
  expect([await run(partner, args), printed.join("\n")]).toEqual([true, expect.any(String)]);
  return printed.join("\n");
};

/** Runs a command that must fail, and returns what it printed. */
const fail = async (...args: readonly string[]): Promise<string> => {
  printed.length = 0;
  expect(await run(partner, args)).toBe(false);
  return printed.join("\n");
};

const tokenIn = (output: string): string => /^token: ([\w-]{43})$/m.exec(output)?.[1] ?? "";

const hashesOf = (name: string): readonly string[] =>
  contracts()
    .filter((one) => one.name === name)
    .flatMap(({ tokens }) => tokens.map((token) => token.sha256));

describe("npm run partner -- add", () => {
  it("writes a contract, and prints its token once", async () => {
    const output = await succeed("add", "acme", "--format", "rss", "--section", "world");
    const token = tokenIn(output);
    expect(output).toContain("The contract with acme holds from the next deployment on.");
    expect(output.match(/token: /g)).toHaveLength(1);
    expect(contracts()).toMatchObject([
      {
        name: "acme",
        formats: ["rss"],
        selection: { include: { sections: ["world"] } },
        tokens: [{ sha256: sha256(token) }],
      },
    ]);
    expect(read()).not.toContain(token);
    expect(await succeed("show", "acme")).not.toContain(token);
    expect(await succeed("list")).toBe("acme: enabled; rss");
    printed.length = 0;
    expect(await run(check, [])).toBe(true);
  });

  it("takes all that a contract can state", async () => {
    await succeed(
      ...["add", "acme", "--format", "rss", "--format", "json", "--section", "world", "--tag", "film", "--tag", "art"],
      ...["--author", "jane-doe", "--language", "en", "--exclude-section", "world", "--exclude-tag", "gossip"],
      ...["--exclude-author", "x", "--exclude-language", "de", "--text", "lead:3", "--length", "20", "--hours", "48"],
      ...["--delay", "15m", "--rate", "high", "--expires", "2099-06-01T00:00:00Z", "--network", "192.0.2.0/24"],
      ...["--header", "X-Acme-Key", "--contact", "desk@acme.example", "--attribution", "From {publication}: {link}"],
      ...["--license", "https://acme.example/terms"],
    );
    expect(contracts()).toMatchObject([
      {
        ...{ formats: ["rss", "json"], text: { lead: 3 }, length: 20, hours: 48, delaySeconds: 900, rate: "high" },
        selection: {
          include: { sections: ["world"], tags: ["film", "art"], authors: ["jane-doe"], languages: ["en"] },
          exclude: { sections: ["world"], tags: ["gossip"], authors: ["x"], languages: ["de"] },
        },
        ...{ expires: Date.UTC(2099, 5, 1), networks: ["192.0.2.0/24"], header: "x-acme-key" },
        ...{ contact: "desk@acme.example", license: "https://acme.example/terms" },
        attribution: { "*": "From {publication}: {link}" },
      },
    ]);
  });

  it("makes an open contract without a token, and says who can read it", async () => {
    const output = await succeed("add", "acme", "--format", "rss", "--open");
    expect(output).toContain("Anybody can read");
    expect(output).not.toContain("token:");
    expect(contracts()).toMatchObject([{ open: true, tokens: [] }]);
    expect(await succeed("show", "acme")).toContain("# Anybody can read the feeds of acme.");
    expect(await succeed("list")).toBe("acme: enabled, open to anybody; rss");
  });

  it.each<[string, readonly string[], string]>([
    ["no format", ["acme"], "`formats` must name one format at least"],
    ["an unknown format", ["acme", "--format", "rs"], "Did you mean `rss`?"],
    ["an unknown section", ["acme", "--format", "rss", "--section", "wrld"], "Did you mean `world`?"],
    ["a bad name", ["Acme", "--format", "rss"], "`Acme` must be a name for URLs"],
    ["a bad length", ["acme", "--format", "rss", "--length", "ten"], "`length` must be a whole number"],
    ["a bad delay", ["acme", "--format", "rss", "--delay", "soon"], "`delay` must be a time"],
    ["a negative delay", ["acme", "--format", "rss", "--delay=-5m"], "`delay` can't be negative"],
    ["a bad text", ["acme", "--format", "rss", "--text", "lead:0"], "`text.lead` must be a whole number"],
    ["a bad network", ["acme", "--format", "rss", "--network", "10/8"], "`networks[0]` must be a network"],
    ["a bad end", ["acme", "--format", "rss", "--expires", "2027-06-01"], "`expires` has no time."],
    ["a bad rate", ["acme", "--format", "rss", "--rate", "low"], "`rate` must be standard or high"],
    ["a header of HTTP's", ["acme", "--format", "rss", "--header", "Cookie"], "`header` has another meaning"],
    ["a header beside open", ["acme", "--format", "rss", "--open", "--header", "X-Key"], "can't stand beside"],
    ["an attribution without a link", ["acme", "--format", "rss", "--attribution", "x"], "must have {link} in it"],
  ])("writes nothing and prints no token if the contract would have a mistake: %s", async (_, args, message) => {
    const output = await fail("add", ...args);
    expect(output).toContain(message);
    expect(output).toContain("Nothing was changed.");
    expect(output).not.toContain("token: ");
    expect(existsSync(PATH)).toBe(false);
  });

  it("adds nobody twice", async () => {
    await succeed("add", "acme", "--format", "rss");
    const before = read();
    expect(await fail("add", "acme", "--format", "rss")).toBe(
      "There is a contract with acme already. `show` prints it.",
    );
    expect(read()).toBe(before);
  });

  it("warns of an end that lies back", async () => {
    expect(await succeed("add", "acme", "--format", "rss", "--expires", "2020-01-01T00:00:00Z")).toContain("lies back");
  });
});

const WITH_COMMENTS = `# Who may have our stories.

# Since 2024; their engineer is Jo.
acme: # by contract 12
  contact: desk@acme.example # not for readers
  # Two at most.
  tokens:
    # The one of Jo.
    - sha256: ${sha256("old")} # made in May
  formats: [rss] # and atom from July
  networks:
    - 192.0.2.0/24 # office
    - 198.51.100.0/24

# Since 2025.
other:
  open: true # agreed with the owner
  formats: [rss]
# The end.
`;

const commentsOf = (text: string): readonly string[] => Array.from(text.matchAll(/#.*$/gm), ([comment]) => comment);

describe("comments in partners.yaml", () => {
  const COMMENTS = commentsOf(WITH_COMMENTS);

  beforeEach(() => {
    writeFileSync(PATH, WITH_COMMENTS);
  });

  it.each([
    ["add", ["add", "third", "--format", "rss"]],
    ["rotate", ["rotate", "acme"]],
    ["disable", ["disable", "acme"]],
    ["disable another", ["disable", "other"]],
  ])("stay where they are: %s", async (_, args) => {
    await succeed(...args);
    expect(commentsOf(read())).toEqual(COMMENTS);
    contracts();
  });

  it("stay while a contract is disabled and enabled again, and so does all else", async () => {
    await succeed("disable", "acme");
    expect(contracts()).toMatchObject([{ name: "acme", enabled: false }, { enabled: true }]);
    const [before] = contracts();
    await succeed("enable", "acme");
    expect(contracts()).toMatchObject([{ ...before, enabled: true }, { enabled: true }]);
    expect(commentsOf(read())).toEqual(COMMENTS);
    expect(read()).toContain("formats: [rss] # and atom from July");
  });

  it("stay with the contracts that stay", async () => {
    await succeed("revoke", "acme");
    expect(commentsOf(read())).toEqual(
      expect.arrayContaining(["# Who may have our stories.", "# agreed with the owner"]),
    );
    expect(contracts()).toMatchObject([{ name: "other" }]);
    await succeed("revoke", "other");
    expect(contracts()).toEqual([]);
    await succeed("add", "again", "--format", "rss");
    expect(contracts()).toMatchObject([{ name: "again" }]);
  });

  it("stay in a file that has nothing else", async () => {
    writeFileSync(PATH, "# Nobody yet.\n");
    expect(await succeed("list")).toContain("There are no contracts with partners.");
    await succeed("add", "acme", "--format", "rss");
    expect(read()).toContain("# Nobody yet.");
    expect(contracts()).toMatchObject([{ name: "acme" }]);
  });
});

describe("npm run partner -- rotate", () => {
  const until = (name: string): readonly (number | undefined)[] =>
    contracts()
      .filter((one) => one.name === name)
      .flatMap(({ tokens }) => tokens.map((token) => token.until));

  it("makes a new token, and says until when the former one counts", async () => {
    const old = tokenIn(await succeed("add", "acme", "--format", "rss"));
    const output = await succeed("rotate", "acme", "--days", "7");
    const token = tokenIn(output);
    expect(token).not.toBe(old);
    expect(hashesOf("acme")).toEqual([sha256(token), sha256(old)]);
    const [ofNew, ofOld = 0] = until("acme");
    expect(ofNew).toBeUndefined();
    expect(Math.abs(ofOld - (Date.now() + 7 * 86_400_000))).toBeLessThan(60_000);
    expect(output).toContain(`the former one until ${new Date(ofOld).toISOString().replace(".000Z", "Z")}.`);
  });

  it("gives 28 days unless told otherwise, and no token a later end than it had", async () => {
    const first = tokenIn(await succeed("add", "acme", "--format", "rss"));
    const second = tokenIn(await succeed("rotate", "acme", "--days", "1"));
    const [, ofFirst] = until("acme");
    const third = tokenIn(await succeed("rotate", "acme"));
    expect(hashesOf("acme")).toEqual([third, second, first].map((one) => sha256(one)));
    const [, ofSecond = 0, ofFirstNow] = until("acme");
    expect(ofFirstNow).toBe(ofFirst);
    expect(Math.abs(ofSecond - (Date.now() + 28 * 86_400_000))).toBeLessThan(60_000);
  });

  it("drops tokens that have ended", async () => {
    await succeed("add", "acme", "--format", "rss");
    const second = tokenIn(await succeed("rotate", "acme", "--days", "0"));
    const third = tokenIn(await succeed("rotate", "acme"));
    expect(hashesOf("acme")).toEqual([sha256(third), sha256(second)]);
  });

  it("changes nothing else", async () => {
    await succeed("add", "acme", "--format", "rss", "--hours", "48", "--header", "X-Acme-Key");
    await succeed("add", "other", "--format", "atom");
    const [{ tokens: _, ...before } = { tokens: [] }, other] = contracts();
    await succeed("rotate", "acme");
    const [{ tokens: __, ...after } = { tokens: [] }, otherNow] = contracts();
    expect([after, otherNow]).toEqual([before, other]);
  });

  it.each(["-1", "1.5", "soon", "1000", ""])("takes a number of days: %j", async (days) => {
    await succeed("add", "acme", "--format", "rss");
    const before = read();
    expect(await fail("rotate", "acme", `--days=${days}`)).toContain("--days must be a number of days");
    expect(read()).toBe(before);
  });

  it("has nothing to do where a contract is open", async () => {
    await succeed("add", "acme", "--format", "rss", "--open");
    expect(await fail("rotate", "acme")).toBe("The contract with acme is open: it has no token.");
  });
});

describe("npm run partner", () => {
  it("disables, enables and revokes, and says from when on", async () => {
    await succeed("add", "acme", "--format", "rss");
    expect(await succeed("disable", "acme")).toBe("The contract with acme is disabled from the next deployment on.");
    expect(await succeed("list")).toBe("acme: disabled; rss");
    expect(await succeed("enable", "acme")).toBe("The contract with acme is enabled from the next deployment on.");
    expect(await succeed("list")).toBe("acme: enabled; rss");
    expect(await succeed("revoke", "acme")).toBe(
      "The contract with acme is revoked from the next deployment on: its tokens open nothing.",
    );
    expect(await succeed("list")).toContain("There are no contracts with partners.");
  });

  it("lists one that has ended as such", async () => {
    await succeed("add", "acme", "--format", "rss", "--expires", "2020-01-01T00:00:00Z");
    expect(await succeed("list")).toBe("acme: ended; rss");
  });

  it.each(["show", "rotate", "enable", "disable", "revoke"])(
    "says whom there is, if somebody is unknown: %s",
    async (action) => {
      expect(await fail(action, "acme")).toBe("There is no contract with acme. There is none at all.");
      await succeed("add", "other", "--format", "rss");
      const before = read();
      expect(await fail(action, "acme")).toBe("There is no contract with acme. There are: other.");
      expect(read()).toBe(before);
    },
  );

  it.each(["add", "rotate", "disable", "revoke"])(
    "changes nothing in a file that can't be read: %s",
    async (action) => {
      const broken = "acme: { formats: [rss]\n";
      writeFileSync(PATH, broken);
      expect(await fail(action, "acme", "--format", "rss")).toContain(`${PATH} can't be read.`);
      expect(read()).toBe(broken);
    },
  );

  it.each(["add", "disable"])("writes nothing while another contract has a mistake: %s", async (action) => {
    const text = `acme: { formats: [rss], open: true }\nother: { formats: [rss] }\n`;
    writeFileSync(PATH, text);
    const output = await fail(action, action === "add" ? "third" : "acme", "--format", "rss");
    expect(output).toContain(`${PATH}\n`);
    expect(output).toMatch(/^ *2:8-/m);
    expect(output).toContain("Nothing was changed.");
    expect(read()).toBe(text);
  });

  it.each([
    [[]],
    [["list", "acme"]],
    [["add"]],
    [["show"]],
    [["hire", "acme"]],
    [["add", "acme", "other"]],
    [["add", "acme", "--formats", "rss"]],
    [["usage"]],
  ])("says how it is used: %j", async (args) => {
    expect(await fail(...args)).toContain("Usage: npm run partner");
    expect(existsSync(PATH)).toBe(false);
  });
});

describe("npm run partner with a newsroom", () => {
  const to = async (answers: Readonly<Record<string, () => ServerAnswer>>) =>
    serveNewsroom(({ method, path }) => answers[`${method} ${path}`]?.() ?? refusal(404, "There is no such thing."));

  it("prints no token that was refused, but every mistake", async () => {
    const errors = [{ message: "`formats` is missing." }, { message: "`delay` must be a time." }];
    await using server = await to({
      "PUT /api/partners/acme": () => Response.json({ detail: "The contract has mistakes.", errors }, { status: 422 }),
    });
    const output = await fail("add", "acme", "--to", server.url);
    expect(output).toBe("acme: 422 The contract has mistakes.\n`formats` is missing.\n`delay` must be a time.");
    expect(existsSync(PATH)).toBe(false);
  });

  it("has only the hash of the token in what it sends", async () => {
    await using server = await to({
      "PUT /api/partners/acme": () => Response.json({ name: "acme" }, { status: 201 }),
    });
    const output = await succeed("add", "acme", "--format", "rss", "--to", server.url);
    const token = tokenIn(output);
    expect(output).toContain("The contract with acme holds from now on.");
    expect(server.requests.map(({ body }) => body)).toEqual([
      "",
      JSON.stringify({ tokens: [{ sha256: sha256(token) }], formats: ["rss"] }),
    ]);
    expect(JSON.stringify(server.requests)).not.toContain(token);
  });

  it("changes the contract that it read, and no other", async () => {
    await using server = await to({
      "GET /api/partners/acme": () =>
        Response.json({ name: "acme", formats: ["rss"], tokens: [] }, { headers: { etag: '"v1"' } }),
      "PUT /api/partners/acme": () => Response.json({ name: "acme" }),
      "PUT /api/partners/new": () => Response.json({ name: "new" }, { status: 201 }),
      "DELETE /api/partners/acme": () => new Response(null, { status: 204 }),
    });
    for (const action of ["disable", "rotate", "revoke"]) await succeed(action, "acme", "--to", server.url);
    await succeed("add", "new", "--format", "rss", "--to", server.url);
    const conditions = server.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, headers }) => [method, headers["if-match"], headers["if-none-match"]]);
    expect(conditions).toEqual([
      ["PUT", '"v1"', undefined],
      ["PUT", '"v1"', undefined],
      ["DELETE", '"v1"', undefined],
      ["PUT", undefined, "*"],
    ]);
    expect(server.requests.map(({ body }) => body).join("")).not.toContain('"name"');
  });

  it("names the contracts that there are if there is not the one", async () => {
    await using server = await to({
      "GET /api/partners": () => Response.json({ partners: [{ name: "other", formats: ["rss"] }], next: null }),
    });
    expect(await fail("rotate", "acme", "--to", server.url)).toBe("There is no contract with acme. There are: other.");
  });

  it("passes on that somebody else was faster, and who may not", async () => {
    for (const [status, detail] of [
      [409, "Somebody changed this contract meanwhile. Read it again."],
      [412, "Somebody changed it since you read it."],
      [403, "Your role may not."],
    ] as const) {
      await using server = await to({
        "GET /api/partners/acme": () => Response.json({ name: "acme", formats: ["rss"] }),
        "PUT /api/partners/acme": () => refusal(status, detail),
        "DELETE /api/partners/acme": () => refusal(status, detail),
      });
      for (const action of ["disable", "rotate", "revoke"]) {
        const output = await fail(action, "acme", "--to", server.url);
        expect(output).toBe(`acme: ${status} ${detail}`);
      }
    }
  });
});
