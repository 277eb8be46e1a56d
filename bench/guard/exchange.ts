// Hooks of the module loader: they replace the modules of the router's guard by those of this
// folder, which allow everything.
import type { ResolveHook } from "node:module";

const STAND_INS: ReadonlyMap<string, string> = new Map([
  [urlOf("../../router/policy/guard.ts"), urlOf("./open-guard.ts")],
  [urlOf("../../router/policy/authorization.ts"), urlOf("./open-authorization.ts")],
]);

export const resolve: ResolveHook = async (specifier, context, next) => {
  const resolved = await next(specifier, context);
  const standIn = STAND_INS.get(resolved.url.replace(/\?.*$/, ""));
  return standIn ? { ...resolved, url: standIn } : resolved;
};

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}
