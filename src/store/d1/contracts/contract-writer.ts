import type { Instant } from "../../../model/instant.ts";
import type { Partner } from "../../../model/partners/partner.ts";
import { partnerList } from "../../../model/selection.ts";
import type { Prepare } from "../rows.ts";
import type { Transactions, WriteOutcome, Writer } from "../transaction.ts";

/** A contract as it is stored. */
export interface StoredContract {
  readonly partner: Partner;
  /** Number of the change that wrote it: another contract, or another change of it, has another one. */
  readonly version: number;
}

/** Writes contracts. */
export interface ContractWriter {
  /** Writes a contract in place of `former`; a conflict if that is not what is stored. */
  putContract(former: StoredContract | undefined, partner: Partner, now: Instant, by: Writer): Promise<WriteOutcome>;
  /** Removes a contract: its tokens are refused from the next request on. A conflict if it is not what is stored. */
  removeContract(former: StoredContract, now: Instant, by: Writer): Promise<WriteOutcome>;
}

const NEXT = "UPDATE revision SET partners = partners + 1 WHERE only_row = 1";
const VERSION = "(SELECT partners FROM revision WHERE only_row = 1)";

const requireContract = (prepare: Prepare, name: string, version: number | null): D1PreparedStatement =>
  prepare("INSERT INTO conditions (holds) SELECT (SELECT version FROM partners WHERE name = ?1) IS ?2", name, version);

/** Names of the keys of two contracts that differ. */
const changedKeys = (former: Partner | undefined, partner: Partner): readonly string[] => {
  const [before, after] = [new Map(Object.entries(former ?? {})), new Map(Object.entries(partner))];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
  );
};

/**
 * The contract writer of a database; `siteLanguage` is that of stories that state none. The stories that a new selection has are
 * collected by the store's `catchUp`, and forgotten there if no contract has the selection any longer.
 */
export const createContractWriter = ({ prepare, commit }: Transactions, siteLanguage: string): ContractWriter => ({
  putContract(former, partner, now, by) {
    const { name, selection } = partner;
    const list = partnerList(selection, siteLanguage);
    const statements = [
      requireContract(prepare, name, former?.version ?? null),
      prepare(NEXT),
      prepare(
        `INSERT OR REPLACE INTO partners (name, contract, selection, version) VALUES (?1, ?2, ?3, ${VERSION})`,
        ...[name, JSON.stringify(partner), list.kind === "selection" ? list.name : null],
      ),
    ];
    const changes = changedKeys(former?.partner, partner);
    return commit(statements, now, { editor: by, action: "put partner", subject: name, changes });
  },

  removeContract({ partner, version }, now, by) {
    const { name } = partner;
    const statements = [
      requireContract(prepare, name, version),
      prepare(NEXT),
      prepare("DELETE FROM partners WHERE name = ?1", name),
    ];
    return commit(statements, now, { editor: by, action: "revoke partner", subject: name, changes: [] });
  },
});
