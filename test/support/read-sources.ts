import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Node, SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

/** A file of TypeScript, as its parser reads it. */
export interface Source {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** The module specifiers that it imports or exports from, those of types included. */
  readonly imports: readonly string[];
  /** Every identifier in it, each once. */
  readonly identifiers: readonly string[];
}

/** Parses every TypeScript file below some folders of the project. `close` ends the parser's process. */
export const readSources = (
  folders: readonly string[],
): { readonly sources: readonly Source[]; readonly close: () => void } => {
  const root = resolve(import.meta.dirname, "../..");
  const api = new API({ cwd: root });
  const { program } = api.updateSnapshot({ openProject: resolve(root, "tsconfig.json") }).getProjects()[0] ?? {};
  const read = (path: string): Source => {
    const file = program?.getSourceFile(resolve(root, path));
    if (file === undefined) throw new Error(`${path} is not part of the project of tsconfig.json`);
    const imports = new Set<string>();
    const identifiers = new Set<string>();
    const visit = (node: Node): void => {
      if (node.kind === SyntaxKind.Identifier || node.kind === SyntaxKind.PrivateIdentifier) {
        if ("text" in node && typeof node.text === "string") identifiers.add(node.text.replace(/^#/, ""));
      }
      if (node.kind === SyntaxKind.StringLiteral && "text" in node && typeof node.text === "string") {
        const parent = node.parent;
        const isCall = parent.kind === SyntaxKind.CallExpression && /^import\(/.test(parent.getText(file));
        const isModule =
          parent.kind === SyntaxKind.ImportDeclaration ||
          parent.kind === SyntaxKind.ExportDeclaration ||
          (parent.kind === SyntaxKind.LiteralType && parent.parent.kind === SyntaxKind.ImportType);
        if (isModule || isCall) imports.add(node.text);
      }
      node.forEachChild(visit);
    };
    visit(file);
    return {
      path,
      text: readFileSync(resolve(root, path), "utf8"),
      imports: [...imports],
      identifiers: [...identifiers],
    };
  };
  const paths = folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .filter((path) => !path.endsWith(".d.ts"));
  return { sources: paths.toSorted().map(read), close: () => api.close() };
};
