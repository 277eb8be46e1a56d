// How an app is built: into `dist/`, for the router to serve below a path. Each app's
// `vite.config.ts` calls it.
import react from "@vitejs/plugin-react";
import type { Plugin, UserConfig } from "vite";
import { offlineShell } from "./offline.ts";

interface AppOptions {
  /** Whether pages open without a network: the app then calls `keepShell`. */
  readonly isOffline?: boolean;
}

/** `root` is the app's folder, `base` the path at which it is served, such as `/app/`. */
export function appConfig(
  root: string,
  base: string,
  { isOffline = false }: AppOptions = {},
): UserConfig {
  const first = new Set<string>();
  return {
    root,
    base,
    plugins: [react(), findFirst(first), ...(isOffline ? [offlineShell(base)] : [])],
    build: {
      // The content policy forbids `data:` fonts and scripts.
      assetsInlineLimit: 0,
      manifest: true,
      target: "es2023",
      // The polyfill for preloading is an inline script, which the content policy forbids.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          // One file compresses better than the many that pages share with the first load.
          codeSplitting: { groups: [{ name: "first", test: (id) => first.has(id) }] },
        },
      },
    },
  };
}

/**
 * Finds the modules of the first load before they are joined into files: those that the entry
 * imports, without those that it imports on demand.
 */
function findFirst(first: Set<string>): Plugin {
  return {
    name: "find-first",
    apply: "build",
    buildEnd() {
      const entries = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
      for (const id of entries) first.add(id);
      for (const id of first) {
        for (const next of this.getModuleInfo(id)?.importedIds ?? []) first.add(next);
      }
    },
  };
}
