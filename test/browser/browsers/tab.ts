/** A reader's preference: `prefers-color-scheme`. */
export type Scheme = "dark" | "light";

/** What a page in a browser has done. */
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

/**
 * The one page of a browser that runs: what tests need, in the same way for every browser. A browser has no more, since only one has the
 * focus.
 */
export interface Tab extends Activity {
  /** Opens an address as a person who types it does, waits until it is loaded, and resolves to the status. `Activity` begins anew. */
  goto(url: string): Promise<number>;
  /** Makes the window so many pixels wide. */
  resize(width: number): Promise<void>;
  /** Runs a task in the page. */
  run(task: PageTask, argument?: number): Promise<readonly string[]>;
  press(key: "Enter" | "Tab"): Promise<void>;
  /** The whole window as PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Ends the browser, too. */
  close(): Promise<void>;
}

/** The height of every window. */
export const HEIGHT = 800;
