// Guarantees about the size of the client: at most 25 KB gzipped beside graphql-ws, and nothing of
// graphql itself.
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { projectFile } from "./project.ts";

/** As far as it is used here. */
interface Esbuild {
  build(options: object): Promise<{
    readonly outputFiles: readonly { readonly contents: Uint8Array }[];
    readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> };
  }>;
}

const require = createRequire(import.meta.url);
const esbuild: Esbuild = createRequire(require.resolve("tsx"))("esbuild");

async function bundle(external: readonly string[], text = 'export * from "./index.ts"') {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents: text, resolveDir: projectFile("clients/sdk"), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    external,
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  const inputs = Object.keys(metafile.inputs);
  return { bytes: gzipSync(contents).length, inputs, text: Buffer.from(contents).toString() };
}

/** The client with all that it opens. */
const WHOLE = ["index", "open-conversation", "open-inbox"].map(
  (name) => `export * from "./${name}.ts"`,
);

it("is at most 25 KB gzipped beside graphql-ws", async () => {
  const { bytes } = await bundle(["graphql-ws/client"], WHOLE.join("; "));
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(25_000);
});

it("is at most 15 KB without what conversations and their list need", async () => {
  const { bytes, inputs } = await bundle(["graphql-ws/client"]);
  expect(bytes).toBeLessThan(15_000);
  expect(inputs.filter((path) => /\/(?:conversation|inbox|timeline)\.ts$/.test(path))).toEqual([]);
});

it("has of packages nothing but the client of graphql-ws, and no text of a document", async () => {
  const { inputs } = await bundle([]);
  const packages = inputs.filter((path) => path.includes("node_modules/"));
  expect(packages.length).toBeGreaterThan(0);
  expect(packages.filter((path) => !path.includes("node_modules/graphql-ws/"))).toEqual([]);
  expect(inputs.filter((path) => path.endsWith("generated/texts.ts"))).toEqual([]);
});

const APOLLO = ["graphql-ws/client", "@apollo/client/core", "graphql"];

/** It grows with the graph: the ids of all operations, and the members of all unions. */
it("is at most 18 KB more with what Apollo Client needs, beside Apollo Client", async () => {
  const core = await bundle(APOLLO);
  const both = 'export * from "./index.ts"; export * from "./apollo.ts"';
  const { bytes } = await bundle(APOLLO, both);
  expect(bytes).toBeGreaterThan(core.bytes);
  expect(bytes - core.bytes).toBeLessThan(18_000);
});

it("loads of its documents those that are imported", async () => {
  const { text } = await bundle([], 'export { MeDocument } from "./generated/documents.ts"');
  expect(text).toContain('"Me"');
  expect(text).not.toContain("InboxEvents");
  expect(text.length).toBeLessThan(2_000);
});
