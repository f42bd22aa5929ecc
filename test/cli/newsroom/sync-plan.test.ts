import { describe, expect, it } from "vitest";
import type { RemoteStory, StoryState } from "../../../src/cli/newsroom/newsroom-client.ts";
import { readLocalStory } from "../../../src/cli/newsroom/send-stories.ts";
import { planSync, type SyncOptions, type SyncPlan } from "../../../src/cli/newsroom/sync-plan.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import { sha256 } from "../../../src/lib/sha256.ts";
import { type Files, GIF, instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-06-01T00:00:00Z");

const remote = (name: string, state: StoryState, more: Partial<RemoteStory> = {}): RemoteStory => ({
  slug: name,
  id: `tag:courier.example,2026:${name}`,
  path: `${name}.md`,
  digest: "of other bytes",
  etag: `"${name}"`,
  state,
  ...more,
});

const bytesOf = (file: string | Uint8Array): Uint8Array =>
  typeof file === "string" ? new TextEncoder().encode(file) : file;

const plan = async (
  files: Files,
  remotes: readonly RemoteStory[],
  options: Partial<SyncOptions> = {},
): Promise<SyncPlan> => {
  const all = Object.entries({ "site.yaml": site(), ...files }).map(([path, file]) => [path, bytesOf(file)] as const);
  const { publication, brokenDrafts } = await compilePublication(new Map(all), NOW);
  if (publication === undefined) throw new Error("The fixture has a mistake.");
  const local = all.filter(([path]) => path.endsWith(".md")).map(([path, source]) => readLocalStory(path, source));
  const plain = { isBringingBack: false, isWithdrawing: false };
  return planSync(publication, local, brokenDrafts, remotes, { ...plain, ...options }, NOW);
};

const WITHDRAWN = { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } };

describe("what sync says of a story", () => {
  it.each<[string, Readonly<Record<string, unknown>>, StoryState | undefined, string]>([
    ["a new one", {}, undefined, "add      a.md   (readers will see it as new)"],
    ["a new draft", { draft: true }, undefined, "add      a.md"],
    ["a changed one", {}, "published", "change   a.md   (readers will see it as changed)"],
    ["a draft that is published", {}, "draft", "change   a.md   (readers will see it as new)"],
    ["an expired one that is shown longer", {}, "expired", "change   a.md   (readers will see it again)"],
    ["one that becomes a draft", { draft: true }, "published", "change   a.md   (readers will lose it)"],
    [
      "one that is put off",
      { published: "2027-01-01T00:00:00Z" },
      "published",
      "change   a.md   (readers will lose it)",
    ],
    ["one that is withdrawn", WITHDRAWN, "published", "change   a.md   (readers will lose it)"],
    ["one that is withdrawn in both", WITHDRAWN, "withdrawn", "change   a.md"],
    ["a changed draft", { draft: true }, "draft", "change   a.md"],
  ])("names for %s what readers will notice", async (_what, front, state, line) => {
    const remotes = state === undefined ? [] : [remote("a", state)];
    expect((await plan({ "a.md": story("a", front) }, remotes)).lines[0]).toBe(line);
  });

  it("leaves out one that is the same", async () => {
    const text = story("a");
    const remotes = [remote("a", "published", { digest: sha256(bytesOf(text)) })];
    expect((await plan({ "a.md": text }, remotes)).lines).toEqual(["0 to add, 0 to change, 0 to withdraw."]);
  });

  it("sends one that was moved, since links name its path", async () => {
    const text = story("a");
    const same = { digest: sha256(bytesOf(text)) };
    const moved = await plan({ "world/a.md": text }, [remote("a", "published", same)]);
    expect(moved.sending.map(({ path }) => path)).toEqual(["world/a.md"]);
  });

  it("says so of one that is new to readers, and older than what they have", async () => {
    const at = (published: string) => ({ published });
    const remotes = [
      remote("b", "published", at("2026-03-01T00:00:00.000Z")),
      remote("c", "published", at("2026-02-01T00:00:00.000Z")),
      remote("d", "scheduled", at("2026-07-01T00:00:00.000Z")),
      remote("e", "draft"),
    ];
    const lineFor = async (name: string, published: string) =>
      (await plan({ [`${name}.md`]: story(name, { published }) }, remotes)).lines[0];
    const old =
      "readers will see it as new; dated 2026-02-15T00:00:00Z, behind 1 that they have: they may not notice it";
    expect(await lineFor("a", "2026-02-15T00:00:00Z")).toBe(`add      a.md   (${old})`);
    expect(await lineFor("e", "2026-02-15T00:00:00Z")).toBe(`change   e.md   (${old})`);
    expect(await lineFor("a", "2026-05-31T12:00:00Z")).toBe("add      a.md   (readers will see it as new)");
    expect(await lineFor("b", "2026-01-01T00:00:00Z")).toBe("change   b.md   (readers will see it as changed)");
  });

  it("knows a draft with errors by its id, though its file was moved", async () => {
    const files = { "moved.md": story("a", { draft: true, section: "nowhere" }), "b.md": story("b") };
    const { withdrawing } = await plan(files, [remote("a", "published"), remote("b", "published")], {
      isWithdrawing: true,
    });
    expect(withdrawing).toEqual([]);
  });

  it("leaves a draft with errors as it is, also with --withdraw-missing", async () => {
    const files = { "a.md": story("a", { draft: true, titel: "A" }), "b.md": "---\ntitle: [\ndraft: true\n---\n" };
    const { lines, sending, withdrawing } = await plan(files, [remote("a", "published"), remote("b", "published")], {
      isWithdrawing: true,
    });
    expect(lines).toEqual([
      "leave    a.md   (a draft with errors)",
      "leave    b.md   (a draft with errors)",
      "0 to add, 0 to change, 0 to withdraw.",
    ]);
    expect([...sending, ...withdrawing]).toEqual([]);
  });

  it("counts", async () => {
    const { lines } = await plan({ "a.md": story("a"), "b.md": story("b") }, [remote("a", "published")]);
    expect(lines.at(-1)).toBe("1 to add, 1 to change, 0 to withdraw.");
  });
});

describe("a story that was withdrawn in the newsroom, but not in content/", () => {
  const files = { "a.md": story("a", {}, "![x](media/a.gif)"), "media/a.gif": GIF };
  const remotes = [remote("a", "withdrawn")];

  it("is left alone with its pictures", async () => {
    expect(await plan(files, remotes)).toEqual({
      lines: [
        "leave    a.md   (was withdrawn in the newsroom; --bring-back undoes that)",
        "0 to add, 0 to change, 0 to withdraw.",
      ],
      media: [],
      sending: [],
      withdrawing: [],
    });
  });

  it("comes back with --bring-back", async () => {
    const { lines, media, sending } = await plan(files, remotes, { isBringingBack: true });
    expect(lines[0]).toBe("change   a.md   (was withdrawn in the newsroom: readers will see it again)");
    expect(media).toEqual(["media/a.gif"]);
    expect(sending).toMatchObject([{ path: "a.md", etag: '"a"' }]);
  });

  it("is no longer withdrawn if it comes back as a draft", async () => {
    const { lines } = await plan({ "a.md": story("a", { draft: true }) }, remotes, { isBringingBack: true });
    expect(lines[0]).toBe("change   a.md   (was withdrawn in the newsroom: that will be undone)");
  });
});

describe("a story that is not in content/", () => {
  const remotes = [
    remote("draft", "draft"),
    remote("scheduled", "scheduled"),
    remote("published", "published"),
    remote("expired", "expired"),
    remote("withdrawn", "withdrawn"),
  ];

  it("is withdrawn only where readers see it; of the others sync says why not", async () => {
    const { lines, withdrawing } = await plan({}, remotes, { isWithdrawing: true });
    expect(withdrawing.map(({ slug }) => slug)).toEqual(["published"]);
    expect(lines).toEqual([
      "leave    draft   (a draft, not in content/; readers do not see it)",
      "leave    scheduled   (scheduled, not in content/; readers will see it at its time, unless it is made a draft or erased)",
      "withdraw published   (readers will lose it)",
      "leave    expired   (expired, not in content/; readers do not see it any more)",
      "0 to add, 0 to change, 1 to withdraw.",
    ]);
  });

  it("is left alone without --withdraw-missing", async () => {
    const { lines, withdrawing } = await plan({}, remotes);
    expect(withdrawing).toEqual([]);
    expect(lines).toContain("leave    published   (not in content/; --withdraw-missing takes it back)");
  });
});

describe("what sync sends", () => {
  it("begins with the oldest story", async () => {
    const at = (day: string) => ({ published: `2026-01-${day}T00:00:00Z` });
    const files = { "a.md": story("a", at("03")), "b.md": story("b", at("01")), "c.md": story("c", at("02")) };
    const { sending } = await plan(files, [remote("b", "published")]);
    expect(sending.map(({ path }) => path)).toEqual(["b.md", "c.md", "a.md"]);
  });

  it("has the media files that stories use, but neither those of site.yaml nor those that nothing names", async () => {
    const files = {
      "site.yaml": site({ icon: "media/icon.gif" }),
      "a.md": story("a", {}, "![x](media/c%20d.gif) ![y](media/icon.gif)"),
      "media/c d.gif": GIF,
      "media/icon.gif": GIF,
      "media/n#1.gif": GIF,
    };
    expect((await plan(files, [])).media).toEqual(["media/c d.gif"]);
  });
});

it("a whole plan has each story once, in the order of the files, then of the newsroom, and each file that is used", async () => {
  const files = {
    "site.yaml": site({ icon: "media/icon.gif" }),
    "a.md": story("a", { published: "2026-03-01T00:00:00Z" }, "![x](media/x.gif) ![i](media/icon.gif)"),
    "b.md": story("b", { published: "2026-02-01T00:00:00Z" }, "![x](media/x.gif)"),
    "c.md": story("c", { aliases: ["former-c"] }, "![x](media/left.gif)"),
    "d.md": story("d", {}, "![x](media/same.gif)"),
    "e.md": story("e", { draft: true, titel: "E" }),
    "media/x.gif": GIF,
    "media/left.gif": GIF,
    "media/same.gif": GIF,
    "media/icon.gif": GIF,
  };
  const remotes = [
    remote("z", "published"),
    // Of another name: it is known by its id.
    remote("old-b", "published", { id: "tag:courier.example,2026:b", path: "old-b.md", etag: '"v1"' }),
    remote("c", "withdrawn"),
    remote("d", "published", { digest: sha256(bytesOf(files["d.md"])) }),
    remote("e", "draft"),
    remote("y", "published"),
  ];
  const { sending, withdrawing, ...rest } = await plan(files, remotes, { isWithdrawing: true });
  expect(rest).toEqual({
    lines: [
      "add      a.md   (readers will see it as new)",
      "change   b.md   (readers will see it as changed)",
      "leave    c.md   (was withdrawn in the newsroom; --bring-back undoes that)",
      "leave    e.md   (a draft with errors)",
      "withdraw z   (readers will lose it)",
      "withdraw y   (readers will lose it)",
      "1 to add, 1 to change, 2 to withdraw.",
    ],
    media: ["media/x.gif", "media/same.gif"],
  });
  expect(sending).toEqual([
    {
      path: "b.md",
      id: "tag:courier.example,2026:b",
      slug: "b",
      aliases: [],
      source: bytesOf(files["b.md"]),
      etag: '"v1"',
    },
    { path: "a.md", id: "tag:courier.example,2026:a", slug: "a", aliases: [], source: bytesOf(files["a.md"]) },
  ]);
  expect(withdrawing).toEqual([remotes[0], remotes[5]]);
});
