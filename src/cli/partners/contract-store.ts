/** A contract as content/partners.yaml and the API write it, without its name. */
export type ContractDocument = Readonly<Record<string, unknown>>;

/** A contract as it was read. */
export interface ReadContract {
  readonly contract: ContractDocument;
  /** Entity tag of what was read, where others may change it meanwhile. */
  readonly etag?: string;
}

/** Where contracts are: in content/partners.yaml, or in a newsroom. Its methods throw CommandError if it refuses. */
export interface ContractStore {
  /** All contracts, by name. */
  list(): Promise<ReadonlyMap<string, ContractDocument>>;
  /** The contract with a partner; undefined if there is none. */
  read(name: string): Promise<ReadContract | undefined>;
  /** Writes a contract in place of the one that was read, or of none; resolves to warnings about it. */
  write(name: string, contract: ContractDocument, former: ReadContract | undefined): Promise<readonly string[]>;
  remove(name: string, former: ReadContract): Promise<void>;
  /** When a change counts: ends the sentence that says what was done. */
  readonly holdsFrom: string;
}
