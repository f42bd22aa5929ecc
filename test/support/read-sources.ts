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

/** What runs in browsers is checked with their types, all else with those of workerd and Node. */
const PROJECTS = ["tsconfig.json", "test/browser/tsconfig.json"];

/** Parses every TypeScript file below some folders of the project. `close` ends the parser's process. */
export const readSources = (
  folders: readonly string[],
): { readonly sources: readonly Source[]; readonly close: () => void } => {
  const root = resolve(import.meta.dirname, "../..");
  const api = new API({ cwd: root });
  const programs = PROJECTS.flatMap((path) =>
    api
      .updateSnapshot({ openProject: resolve(root, path) })
      .getProjects()
      .map(({ program }) => program),
  );
  const read = (path: string): Source => {
    const file = programs.map((program) => program.getSourceFile(resolve(root, path))).find((found) => found);
    if (file === undefined) throw new Error(`${path} is part of no project: ${PROJECTS.join(" ")}`);
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
