import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

/**
 * Runs each test of a file in a folder of its own, with a token, and returns the lines that it has printed so far. `name` is
 * what the folder's name begins with.
 */
export const useFolder = (name: string): string[] => {
  const home = process.cwd();
  const printed: string[] = [];
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), name));
    process.chdir(folder);
    printed.length = 0;
    for (const method of ["error", "log"] as const)
      vi.spyOn(console, method).mockImplementation((line: string) => void printed.push(line));
    vi.stubEnv("PUBLISH_TOKEN", "a-token-of-at-least-32-characters");
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  return printed;
};
