// How an app is built: into `dist/`, for the router to serve below a path. Each app's
// `vite.config.ts` calls it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { Plugin, UserConfig } from "vite";
import { offlineShell } from "./offline.ts";
import { splitOperations } from "./operations.ts";

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
    plugins: [
      react(),
      findFirst(first),
      ownDocumentIds(root),
      splitOperations(),
      ...(isOffline ? [offlineShell(base)] : []),
    ],
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

/** The generated ids of all documents, of which a build keeps those that the app sends. */
const DOCUMENT_IDS = "/clients/sdk/generated/document-ids.ts";
const SOURCE = /\.tsx?$/;
const NO_SOURCE = /^(?:node_modules|dist|build)$|\.(?:test|stories)\.tsx?$/;

/**
 * Leaves out the ids of documents that neither the app nor what apps share names: an id is 64
 * characters that no compression makes much smaller.
 */
function ownDocumentIds(root: string): Plugin {
  return {
    name: "own-document-ids",
    apply: "build",
    transform(code, id) {
      if (!id.endsWith(DOCUMENT_IDS)) return null;
      const sources = [root, join(root, "../ui")].flatMap(sourcesIn);
      const names = new Set(sources.flatMap((text) => text.match(/\b\w+(?=Document\b)/g) ?? []));
      const [head = "", all = ""] = code.split(/(?<= = )(?=\{)/);
      const ids: Record<string, unknown> = JSON.parse(all.slice(0, all.lastIndexOf("}") + 1));
      const own = Object.entries(ids).filter(([name]) => names.has(name));
      return { code: `${head}${JSON.stringify(Object.fromEntries(own))};\n`, map: null };
    },
  };
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NO_SOURCE.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return SOURCE.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
