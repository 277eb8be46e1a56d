// Reads the plain routes that the features of all subgraphs declare, as the router forwards them.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { RouteDeclaration } from "#kit/service/plain-routes";

/** A route of schema/routes.json. */
export interface ComposedRoute extends RouteDeclaration {
  readonly subgraph: string;
}

const root = fileURLToPath(new URL("../", import.meta.url));

/** All routes, in the order of their paths. It imports features, whose code must be generated. */
export async function readRoutes(): Promise<ComposedRoute[]> {
  const names = readdirSync(join(root, "subgraphs"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(`${sep}routes.ts`)).sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const [subgraph = ""] = file.split(sep);
      const module: { readonly routes?: readonly RouteDeclaration[] } = await import(
        pathToFileURL(join(root, "subgraphs", file)).href
      );
      // The key set of users is for routers alone: that file declares none.
      return (module.routes ?? []).map((route) => composed(subgraph, route));
    }),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Without the function that answers. */
function composed(subgraph: string, route: RouteDeclaration): ComposedRoute {
  const { method, path, who, query, bytesMax, timeMs } = route;
  return { subgraph, method, path: `/${subgraph}${path}`, who, query, bytesMax, timeMs };
}

/** The file: as Biome formats it, which writes short lists in one line. */
export function textOfRoutes(routes: readonly ComposedRoute[]): string {
  const text = JSON.stringify(routes, null, 2);
  const isShort = /\[\s+("[^\]]*")\s+\]/g;
  return `${text.replace(isShort, (_all, items: string) => `[${items.replace(/\s+/g, " ")}]`)}\n`;
}
