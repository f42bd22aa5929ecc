import { createSingleFlight } from "../../../lib/single-flight.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Partner } from "../../../model/partners/partner.ts";
import type { Contracts } from "../../contracts.ts";

/** A row of the table `partners`. */
export interface ContractRow {
  readonly contract: string;
  readonly version: number;
}

/** What the contracts of a database are read with. */
export interface ContractsSource {
  /** Number of changes of the table `partners`, as it is known at `now`. */
  readonly partnersRevision: (now: Instant) => Promise<number>;
  /** The rows whose names come after `after`, ascending by name, `limit` at most. */
  readonly readAll: (after: string, limit: number) => Promise<readonly ContractRow[]>;
  readonly readOne: (name: string) => Promise<ContractRow | undefined>;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** With more contracts, none is known without asking the database. */
const MAX_KNOWN = 5000;

interface KnownContract {
  readonly version: number;
  readonly partner: Partner;
}

/** All contracts after a change of the table; undefined if there are too many. */
interface KnownContracts {
  readonly partnersRevision: number;
  readonly byName: ReadonlyMap<string, KnownContract> | undefined;
}

// Only contract-writer.ts writes contracts, and only such as were checked.
const toPartner = ({ contract }: ContractRow): Partner => JSON.parse(contract);

/**
 * The contracts of a database. All are in memory, read again after each change of one; `find` asks the database all the same, so
 * that a revocation counts from the next request on. A contract that has not changed is the same object again.
 */
export const openD1Contracts = ({ partnersRevision, readAll, readOne, waitUntil }: ContractsSource): Contracts => {
  const singleFlight = createSingleFlight<KnownContracts>(waitUntil);
  let known: KnownContracts | undefined;

  const read = async (revision: number): Promise<KnownContracts> => {
    const rows = await readAll("", MAX_KNOWN + 1);
    const entries = rows.map((row) => {
      const partner = toPartner(row);
      return [partner.name, { version: row.version, partner }] as const;
    });
    known = { partnersRevision: revision, byName: rows.length > MAX_KNOWN ? undefined : new Map(entries) };
    return known;
  };

  const knownAt = async (now: Instant): Promise<KnownContracts> => {
    const revision = await partnersRevision(now);
    return known?.partnersRevision === revision ? known : singleFlight(String(revision), () => read(revision));
  };

  const find = async (name: string): Promise<Partner | undefined> => {
    const row = await readOne(name);
    const former = known?.byName?.get(name);
    return row && (former?.version === row.version ? former.partner : toPartner(row));
  };

  return {
    async formats(now) {
      const { byName } = await knownAt(now);
      return byName && new Set([...byName.values()].flatMap(({ partner }) => partner.formats));
    },
    exist: async (now) => (await knownAt(now)).byName?.size !== 0,
    async findKnown(name, now) {
      const { byName } = await knownAt(now);
      return byName === undefined ? find(name) : byName.get(name)?.partner;
    },
    find,
    list: async (after, limit) => (await readAll(after, limit)).map(toPartner),
  };
};
