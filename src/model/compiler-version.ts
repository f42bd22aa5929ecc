/** What an Item was compiled by: one source gives the same Item again, if what it refers to stayed the same. */
export interface CompilerVersion {
  /** The compiler's number (content/compiler-version.ts); 0 if it is not known. */
  readonly compiler: number;
  /** Digest of what the compiler knew of site.yaml; empty if it is not known. */
  readonly site: string;
}

/** The version of an Item of which nobody knows what it was compiled by: older than any other. */
export const UNKNOWN_VERSION: CompilerVersion = { compiler: 0, site: "" };
