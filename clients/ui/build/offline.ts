// Builds the service worker of an app beside its files, with the list of them.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "vite";

const WORKER = "sw.js";
/** Files of the build that no page loads. */
const ASIDE = /^\.|(?:^|\/)\.|\.map$|^sw\.js$/;
/** Vite names files in here by their content. */
const HASHED = "assets/";

export function offlineShell(base: string): Plugin {
  let folder = "";
  return {
    name: "offline-shell",
    apply: "build",
    configResolved({ root, build: { outDir } }) {
      folder = join(root, outDir);
      // An absolute folder stays as it is.
      if (outDir.startsWith("/")) folder = outDir;
    },
    // All files are there by now, those of `public` too.
    async closeBundle() {
      await buildWorker(folder, base);
    },
  };
}

async function buildWorker(folder: string, base: string): Promise<void> {
  const shell = await shellOf(folder, base);
  await build({
    configFile: false,
    root: join(import.meta.dirname, "../offline"),
    publicDir: false,
    logLevel: "warn",
    define: {
      SHELL: JSON.stringify(shell),
      PAGE: JSON.stringify(`${base}index.html`),
      "process.env.NODE_ENV": JSON.stringify("production"),
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2023",
      rolldownOptions: {
        input: join(import.meta.dirname, "../offline/worker.ts"),
        output: { format: "iife", entryFileNames: WORKER },
      },
    },
  });
}

interface ShellFile {
  readonly url: string;
  readonly revision: string | null;
}

async function shellOf(folder: string, base: string): Promise<ShellFile[]> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !ASIDE.test(path))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      url: `${base}${path}`,
      revision: path.startsWith(HASHED) ? null : hashOf(await readFile(join(folder, path))),
    })),
  );
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 16);
}
