// How the app is built: into `dist/`, for the router to serve below `/app/`.
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The modules of the first load: what the entry imports, without what it imports on demand. */
const first = new Set<string>();

/** Finds them before modules are joined into files. */
function findFirst(): Plugin {
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

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/",
  plugins: [react(), findFirst()],
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
});
