// The addresses of the subgraphs: those in the supergraph, unless a setting gives another.
import type { Log } from "#kit/service/logger";
import type { SubgraphAddress } from "../supergraph/supergraph.ts";

/** The address of a subgraph that the router uses. */
export interface EffectiveAddress {
  readonly name: string;
  readonly url: URL;
}

/** Every setting with this prefix overrides an address. */
export const URL_SETTING_PREFIX = "SUBGRAPH_URL_";

/** The setting that overrides the address of a subgraph, for example `SUBGRAPH_URL_USERS`. */
export function urlSettingOf(subgraph: string): string {
  return `${URL_SETTING_PREFIX}${subgraph.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * Applies `overrides` (URLs by setting) to the addresses of a supergraph. Logs a warning for each
 * setting that fits no subgraph. Throws for an address that is no URL.
 */
export function effectiveAddresses(
  addresses: readonly SubgraphAddress[],
  overrides: ReadonlyMap<string, string>,
  log: Log,
): EffectiveAddress[] {
  const settings = addresses.map(({ name }) => urlSettingOf(name));
  for (const setting of overrides.keys()) {
    if (!settings.includes(setting)) log.warn({ setting }, "this setting names no subgraph");
  }
  return addresses.map(({ name, url }) => ({
    name,
    url: new URL(overrides.get(urlSettingOf(name)) ?? url),
  }));
}
