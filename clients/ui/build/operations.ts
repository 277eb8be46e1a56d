// A module for each operation, so that the first load has the ids of its own operations alone: an
// id is 64 characters that no compression makes much smaller.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const ALL = "/clients/sdk/generated/operations.ts";
const MARK = "?operation=";
/** Types are gone by then. */
const IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*["']([^"']*\/operations(?:\.ts)?)["'];?/g;

export function splitOperations(): Plugin {
  return {
    name: "split-operations",
    apply: "build",
    enforce: "post",
    async transform(code, id) {
      const changes = await Promise.all(
        [...code.matchAll(IMPORT)].map(async ([whole, names = "", source = ""]) => {
          const all = await this.resolve(source, id);
          return all?.id.endsWith(ALL) ? { whole, split: importsOf(names, all.id) } : null;
        }),
      );
      const found = changes.filter((change) => change !== null);
      if (found.length === 0) return null;
      const split = found.reduce((text, each) => text.replace(each.whole, () => each.split), code);
      return { code: split, map: null };
    },
    load(id) {
      const [path = "", name] = id.split(MARK);
      if (name === undefined || !path.endsWith(ALL)) return null;
      const [, operation] =
        new RegExp(`^export const ${name}: .+? = (\\{.+\\});$`, "m").exec(
          readFileSync(path, "utf8"),
        ) ?? [];
      if (operation === undefined) throw new Error(`There is no operation ${name}.`);
      return { code: `export const ${name} = ${operation};\n`, moduleSideEffects: false };
    },
  };
}

/** An import of `names`, such as `SignIn, MyAddress as Operation`, from a module for each. */
function importsOf(names: string, path: string): string {
  return names
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const [name = ""] = each.split(/\s+as\s+/);
      return `import { ${each} } from ${JSON.stringify(`${path}${MARK}${name}`)};`;
    })
    .join("");
}
