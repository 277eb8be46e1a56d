// Reads the list of plain routes that the router forwards: schema/routes.json, once at start.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ConfigError } from "#kit/service/config";

const routeShape = z.strictObject({
  subgraph: z.string().min(1),
  method: z.enum(["GET", "POST"]),
  /** Literal segments and parameters: no wildcard. */
  path: z.string().regex(/^(?:\/(?:[a-z0-9][a-z0-9.-]*|:[A-Za-z]+))+$/),
  who: z.enum(["anybody", "viewer"]),
  query: z.array(z.string().regex(/^[A-Za-z]+$/)),
  bytesMax: z.int().positive(),
  timeMs: z.int().positive(),
});

export type ForwardedRoute = z.infer<typeof routeShape>;

/** Throws a `ConfigError` that says what is wrong with the file. */
export async function readRoutes(path: string): Promise<readonly ForwardedRoute[]> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new ConfigError(`ROUTES_FILE cannot be read: ${error.message}\nMake it: npm run compose`);
  });
  const routes = z.array(routeShape).safeParse(jsonOf(text));
  if (!routes.success) {
    throw new ConfigError(`ROUTES_FILE is not a list of routes: ${z.prettifyError(routes.error)}`);
  }
  for (const { path: url, subgraph } of routes.data) {
    if (url.startsWith(`/${subgraph}/`)) continue;
    throw new ConfigError(`ROUTES_FILE has ${url}, which is not below /${subgraph}/.`);
  }
  return routes.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
