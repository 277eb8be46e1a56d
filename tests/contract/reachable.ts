// Finds all files of the project and all packages that the entry point of a program imports,
// directly or through others. Imports of types alone load nothing and are passed over.
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { importsOf } from "./imports.ts";
import { projectFile } from "./project.ts";

export interface Program {
  /** Paths relative to the project, generated files included. */
  readonly files: ReadonlySet<string>;
  /** Each package, with a file that imports it. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * Follows the imports from `entry`, a path relative to the project. Throws on one that leads
 * nowhere.
 */
export function programOf(entry: string): Program {
  const files = new Set([entry]);
  const packages = new Map<string, string>();
  // A set hands out what is added while it is walked.
  for (const path of files) {
    for (const { specifier, isType } of importsOf(path, readFileSync(projectFile(path), "utf8"))) {
      if (isType || specifier.startsWith("node:")) continue;
      const target = fileOf(path, specifier);
      if (target === null) packages.set(packageOf(specifier), path);
      else if (target.endsWith(".ts")) files.add(target);
    }
  }
  return { files, packages };
}

/** The project's file behind a specifier in `from`; null for a package. */
export function fileOf(from: string, specifier: string): string | null {
  const path = pathOf(from, specifier);
  if (path === specifier) return null;
  if (existsSync(projectFile(path))) return path;
  throw new Error(`${from} imports ${path}, which does not exist: run npm run generate?`);
}

/** A specifier as a path relative to the project. The name of a package stays as it is. */
export function pathOf(from: string, specifier: string): string {
  const alias = /^#(kit|schema)\/(.*)$/.exec(specifier);
  if (alias) return `${alias[1]}/${alias[2]}.ts`;
  if (!specifier.startsWith(".")) return specifier;
  return posix.join(posix.dirname(from), specifier);
}

/** `@scope/name` or `name`, without the path inside. */
function packageOf(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}
