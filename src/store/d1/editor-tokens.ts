import { createSingleFlight } from "../../lib/single-flight.ts";

/** Knows which tokens nobody has. */
export interface EditorTokens {
  /**
   * Whether an editor may have the token with this SHA-256 (hex). `editorsRevision` counts the changes of the table
   * `editors`: the hashes are read again after each.
   */
  has(tokenHash: string, editorsRevision: number): Promise<boolean>;
}

/** With more editors, nothing is known, and the database is asked about each token. */
const MAX_EDITORS = 1000;

/** The hashes of all tokens, or nothing if there are too many; and the number of the change they were read after. */
interface KnownTokens {
  readonly editorsRevision: number;
  readonly hashes: ReadonlySet<string> | undefined;
}

/** The tokens of a newsroom's editors; `read` returns the hashes of all, `limit` at most. */
export const createEditorTokens = (
  read: (limit: number) => Promise<readonly string[]>,
  waitUntil: (work: Promise<unknown>) => void,
): EditorTokens => {
  const singleFlight = createSingleFlight<KnownTokens>(waitUntil);
  let known: KnownTokens | undefined;

  const readAll = async (editorsRevision: number): Promise<KnownTokens> => {
    const hashes = await read(MAX_EDITORS + 1);
    known = { editorsRevision, hashes: hashes.length > MAX_EDITORS ? undefined : new Set(hashes) };
    return known;
  };

  return {
    async has(tokenHash, editorsRevision) {
      const { hashes } =
        known?.editorsRevision === editorsRevision
          ? known
          : await singleFlight(String(editorsRevision), () => readAll(editorsRevision));
      return hashes === undefined || hashes.has(tokenHash);
    },
  };
};
