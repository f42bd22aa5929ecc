import { readdir, readFile } from "node:fs/promises";

/** Seconds of CPU time that all threads of a process have used; NaN if the system does not tell (only Linux does). */
export const cpuSeconds = async (pid: number): Promise<number> => {
  try {
    const folder = `/proc/${pid}/task`;
    const threads = await Promise.all(
      (await readdir(folder)).map((thread) => readFile(`${folder}/${thread}/schedstat`, "utf8")),
    );
    return threads.reduce((sum, text) => sum + Number(text.split(" ")[0]), 0) / 1e9;
  } catch {
    return Number.NaN;
  }
};
