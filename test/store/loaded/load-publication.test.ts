import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import {
  createLoading,
  type LoadingDependencies,
  type PublicationStorage,
  type StoredPublication,
} from "../../../src/store/loaded/load-publication.ts";
import type { PublicationSource } from "../../../src/store/loaded/publication-source.ts";
import { SourceError } from "../../../src/store/loaded/source-error.ts";

const START = Date.parse("2026-03-01T12:00:00.400Z");
const SECOND = 1000;

/** A source whose content is a text that a test sets; null fails. */
const openSource = () => {
  const state = { text: "one" as string | null, loads: 0, wait: Promise.resolve() };
  const source: PublicationSource = {
    refreshSeconds: 60,
    async load() {
      state.loads += 1;
      await state.wait;
      if (state.text === null) throw new Error("the source is down");
      return { site: state.text, stories: [], messages: [] };
    },
    compile: ({ site }) => ({
      publication: { site, version: { compiler: 1, site: "" }, stories: [] },
      text: site,
      compiled: 0,
      messages: [],
    }),
  };
  return { state, source };
};

const openStorage = (): PublicationStorage & { stored: StoredPublication | undefined; writes: number } => ({
  stored: undefined,
  writes: 0,
  read() {
    return this.stored;
  },
  write(next) {
    this.stored = next;
    this.writes += 1;
  },
});

const open = (more: Partial<LoadingDependencies> = {}) => {
  const { state, source } = openSource();
  const clock = { now: START };
  const storage = openStorage();
  const dependencies: LoadingDependencies = {
    ...{ source, basePath: "", deployment: "v1", storage, now: () => clock.now, waitUntil: () => {} },
    ...more,
  };
  return { state, clock, storage, dependencies, loading: createLoading(dependencies) };
};

let log: MockInstance;
beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => log.mockRestore());

describe("a publication that is loaded", () => {
  it("is loaded once for all who ask, and again when it is due", async () => {
    const { loading, state, clock } = open();
    const [first, second] = await Promise.all([loading.current(), loading.current()]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ text: "one", until: START + 60 * SECOND });
    clock.now += 59 * SECOND;
    await loading.current();
    expect(state.loads).toBe(1);
    clock.now += SECOND;
    state.text = "two";
    // Who asks while it is being loaded does not wait.
    expect(await loading.current()).toMatchObject({ text: "one", until: clock.now + SECOND });
    await loading.refresh();
    expect(await loading.current()).toMatchObject({ text: "two" });
    expect(state.loads).toBe(2);
  });

  it("makes whoever comes after a long time wait for it", async () => {
    const { loading, state, clock } = open();
    await loading.current();
    clock.now += 120 * SECOND;
    state.text = "two";
    expect(await loading.current()).toMatchObject({ text: "two" });
  });

  it("is served since a whole second, which never moves back, also when the clock does", async () => {
    const { state, clock, dependencies } = open();
    const times: (number | undefined)[] = [];
    for (const [text, seconds] of [
      ["one", 0],
      ["two", 60],
      ["two", 120],
      ["one", -300],
      ["three", 1000],
    ] as const) {
      state.text = text;
      clock.now = START + seconds * SECOND;
      const loading = createLoading(dependencies);
      await loading.refresh();
      times.push((await loading.current())?.at);
    }
    const first = START - 400;
    expect(times).toEqual([
      first,
      first + 60 * SECOND,
      first + 60 * SECOND,
      first + 61 * SECOND,
      first + 1000 * SECOND,
    ]);
  });

  it("stays as it was while it can't be loaded, and says so", async () => {
    const { loading, state, clock } = open();
    const first = await loading.current();
    state.text = null;
    clock.now += 60 * SECOND;
    await loading.refresh();
    expect(await loading.current()).toEqual({ ...first, until: clock.now + 60 * SECOND });
    expect(log.mock.calls.join()).toContain("readers get the last good edition; the next attempt is in 60 s");
  });

  it.each([
    [
      "what it has given, without the place in our code",
      new SourceError("The Feed has no `link`."),
      "The Feed has no `link`.",
    ],
    ["another error, with its place in the source's code", new Error("the CMS is down"), new Error("the CMS is down")],
  ])("says why it could not be loaded: %s", async (_, error, logged) => {
    const { source } = openSource();
    const { loading } = open({ source: { ...source, load: () => Promise.reject(error) } });
    await loading.refresh();
    expect(log.mock.calls).toEqual([[expect.stringContaining("there is nothing to serve yet"), logged]]);
  });

  it("is not there before it could be loaded for the first time, and is tried again after ten seconds", async () => {
    const { loading, state, clock } = open();
    state.text = null;
    expect(await loading.current()).toBeUndefined();
    expect(loading.served()).toBeUndefined();
    state.text = "one";
    clock.now += 9 * SECOND;
    expect(await loading.current()).toBeUndefined();
    expect(state.loads).toBe(1);
    clock.now += SECOND;
    expect(await loading.current()).toMatchObject({ text: "one" });
    expect(loading.served()).toMatchObject({ text: "one" });
  });

  it("is there again after a restart while its source is down, with the same id and date", async () => {
    const { loading, state, clock, dependencies, storage } = open();
    const first = await loading.current();
    state.text = null;
    clock.now += 3600 * SECOND;
    const again = createLoading(dependencies);
    expect(await again.current()).toMatchObject({ text: "one", id: first?.id, at: first?.at });
    expect(storage.writes).toBe(1);
  });

  it("has another id and date with another version of the worker", async () => {
    const { loading, clock, dependencies } = open();
    const first = await loading.current();
    clock.now += 10 * SECOND;
    const next = await createLoading({ ...dependencies, deployment: "v2" }).current();
    expect(next?.id).not.toBe(first?.id);
    expect(next?.at).toBe(clock.now - 400);
  });

  it("is loaded anew if what was stored can't be compiled any longer", async () => {
    const { state, dependencies, storage } = open();
    const stored: StoredPublication = {
      publication: { site: "odd", version: { compiler: 0, site: "" }, stories: [] },
      digest: "x",
      at: START + 7,
    };
    storage.stored = stored;
    const { source } = dependencies;
    const compile: PublicationSource["compile"] = (content, known) => {
      if (content.site === "odd") throw new Error("no longer valid");
      return source.compile(content, known);
    };
    const load = vi.fn(source.load);
    state.text = "two";
    const served = await createLoading({ ...dependencies, source: { ...source, compile, load } }).current();
    expect(served).toMatchObject({ text: "two", at: START + 7 + SECOND });
    // So that its stories keep their addresses and dates.
    expect(load).toHaveBeenCalledWith("", stored.publication, START);
  });

  it("says once what is left out each time", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      const { source } = openSource();
      let left = ["one is left out", "two is left out"];
      const load: PublicationSource["load"] = async () => ({ site: "one", stories: [], messages: left });
      const { loading, clock } = open({ source: { ...source, load } });
      for (const messages of [left, left, ["two is left out"], left]) {
        left = messages;
        await loading.refresh();
        clock.now += 60 * SECOND;
      }
      expect(warn.mock.calls.flat()).toEqual(["one is left out", "two is left out", "one is left out"]);
    } finally {
      warn.mockRestore();
    }
  });

  it("has no date where nothing stores it", async () => {
    const { storage: _, ...dependencies } = open().dependencies;
    expect(await createLoading(dependencies).current()).not.toHaveProperty("at");
  });

  it("gives a source that does not answer up", async () => {
    vi.useFakeTimers();
    try {
      const { loading, state } = open();
      state.wait = new Promise(() => {});
      const outcome = loading.current();
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await outcome).toBeUndefined();
      expect(log.mock.calls.join()).toContain("no answer within 20000 ms");
    } finally {
      vi.useRealTimers();
    }
  });
});
