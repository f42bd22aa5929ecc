import { reporter } from "vfile-reporter";
import { type CompiledPublication, type ContentFiles, compilePublication } from "../../content/publication.ts";
import { readFolder } from "../files/read-folder.ts";

/** The folder of the publication, below the folder that the command runs in. */
export const CONTENT = "content";

/** Compiles the files of a content folder as of now. */
export const compileFiles = (files: ContentFiles): Promise<CompiledPublication> =>
  compilePublication(files, Date.now());

/** Reads and compiles a content folder. Throws CommandError if there is none. */
export const compileFolder = async (folder: string): Promise<CompiledPublication> =>
  compileFiles(await readFolder(folder));

/** The compiler's messages as text, with paths that begin with the folder; empty if there is no message. */
export const formatMessages = ({ files }: CompiledPublication, folder: string): string => {
  const withMessages = files.filter(({ messages }) => messages.length > 0);
  for (const file of withMessages) file.history = [`${folder}/${file.path}`];
  return withMessages.length === 0 ? "" : reporter(withMessages);
};
