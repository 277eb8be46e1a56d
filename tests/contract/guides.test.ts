// The guides for apps show TypeScript that compiles: all blocks of a guide together, as the files
// that their first lines name.
import { readFileSync } from "node:fs";
import { minifyIntrospection, outputIntrospectionFile } from "gql.tada/internal";
import { buildSchema, introspectionFromSchema } from "graphql";
import { expect, it } from "vitest";
import { faultsOf } from "./compile.ts";
import { blocksOf } from "./markdown.ts";
import { projectFile } from "./project.ts";
import { REACT_NATIVE } from "./react-native.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");

/** The files that a guide shows. Throws for a block without a name, or with one that is taken. */
function filesOf(markdown: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { language, text } of blocksOf(markdown)) {
    if (!["ts", "tsx"].includes(language)) continue;
    const [, name] = /^\/\/ (\S+\.tsx?)\n/.exec(text) ?? [];
    if (!name || files[name]) throw new Error(`a block needs a name of its own: ${text}`);
    files[name] = text;
  }
  return files;
}

/** What the tool of gql.tada writes for the SDL. */
const introspection = introspectionFromSchema(buildSchema(read("schema/api.graphql")));
const environment = outputIntrospectionFile(minifyIntrospection(introspection), {
  fileType: ".d.ts",
  shouldPreprocess: true,
});

const web: Readonly<Record<string, string>> = {
  ...filesOf(read("docs/guides/web.md")),
  "graphql-env.d.ts": environment,
};

it("the guide for web apps compiles", () => {
  expect(Object.keys(web)).toContain("apollo.ts");
  expect(faultsOf(web)).toEqual([]);
});

it("the guide for mobile apps compiles, without the types of browsers", () => {
  const files = filesOf(read("docs/guides/mobile.md"));
  const declarations = { "react-native.d.ts": REACT_NATIVE };
  const lib = ["lib.es2023.d.ts"];
  expect(Object.keys(files)).toContain("wake.ts");
  expect(faultsOf({ ...files, ...declarations }, { lib })).toEqual([]);
});

it("a mistake in a block is found", () => {
  const apollo = web["apollo.ts"]?.replace("createApolloLink(client)", "createApolloLink()") ?? "";
  expect(faultsOf({ ...web, "apollo.ts": apollo })).toEqual([
    expect.stringMatching(/^apollo.ts:7 Expected 1-2 arguments/),
  ]);
});
