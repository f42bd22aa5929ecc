/** The colour schemes that pages are tried in. */
export const SCHEMES = ["light", "dark"] as const;

/** A reader's preference: `prefers-color-scheme`. */
export type Scheme = (typeof SCHEMES)[number];

/** What a page in a browser has done since its tab was opened. */
export interface Activity {
  /** The addresses that it requested. */
  readonly requests: readonly string[];
  /** Errors of the console, and exceptions of scripts. */
  readonly errors: readonly string[];
}

/**
 * A function that runs in a page and returns texts, mostly of what is wrong there. It may use nothing but its argument and what the page
 * has: it is sent as text.
 */
export type PageTask = (argument: number) => readonly string[] | Promise<readonly string[]>;

/** A page in a browser: what tests need, in the same way for every browser. */
export interface Tab extends Activity {
  /** Opens an address as a person who types it does, waits until it is loaded, and resolves to the status. */
  goto(url: string): Promise<number>;
  /** Makes the window so many pixels wide. */
  resize(width: number): Promise<void>;
  /** Runs a task in the page. */
  run(task: PageTask, argument?: number): Promise<readonly string[]>;
  press(key: "Enter" | "Tab"): Promise<void>;
  /** The whole window as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A browser that runs. */
export interface Browser {
  open(scheme: Scheme): Promise<Tab>;
  close(): Promise<void>;
}

/** The height of every window. */
export const HEIGHT = 800;
