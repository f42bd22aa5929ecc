import { readFile } from "node:fs/promises";

/** Bytes of memory that a process has in use (VmRSS); NaN if the system does not tell (only Linux does). */
export const residentBytes = async (pid: number): Promise<number> => {
  try {
    const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? Number.NaN : Number(kibibytes) * 1024;
  } catch {
    return Number.NaN;
  }
};
