/** A contract as content/partners.yaml and the API write it, without its name. */
export type ContractDocument = Readonly<Record<string, unknown>>;

/** Where contracts are: in content/partners.yaml, or in a newsroom. Its methods throw CommandError if it refuses. */
export interface ContractStore {
  /** All contracts, by name. */
  list(): Promise<ReadonlyMap<string, ContractDocument>>;
  /** Writes a contract; resolves to warnings about it. */
  write(name: string, contract: ContractDocument): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
  /** When a change counts: ends the sentence that says what was done. */
  readonly holdsFrom: string;
}
