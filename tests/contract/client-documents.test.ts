// Guarantees about what is generated for other libraries: documents that equal the manifest, ids
// for them alone, and what a cache must know of every type.
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type DocumentNode,
  isAbstractType,
  isObjectType,
  isOutputType,
  Kind,
  parse,
  print,
} from "graphql";
import { describe, expect, it } from "vitest";
import * as documents from "../../clients/sdk/generated/documents.ts";
import { connections, possibleTypes, resumable } from "../../clients/sdk/generated/graph.ts";
import { idOf } from "../../clients/sdk/sent-documents.ts";
import { manifestOf } from "../../schema/manifest.ts";
import { operation, operationNames } from "../../schema/operations.ts";
import { projectFile } from "./project.ts";

const { operations } = manifestOf(operationNames().map(operation));
const api = buildSchema(readFileSync(projectFile("schema/api.graphql"), "utf8"));
const supergraph = readFileSync(projectFile("schema/supergraph.graphql"), "utf8");
const parsed: Readonly<Record<string, DocumentNode>> = documents;

describe("a generated document", () => {
  it.each(operations)("$name equals the manifest, and has its id", ({ name, id, body }) => {
    const document = parsed[`${name}Document`];
    expect(document && print(document)).toBe(body);
    expect(document && idOf(document)).toBe(id);
  });

  it("is there for each operation, and no other is", () => {
    const names = operations.map(({ name }) => `${name}Document`);
    expect(Object.keys(parsed).sort()).toEqual(names.sort());
  });
});

describe("a document has the id of ours", () => {
  const { body = "", id } = operations.find(({ name }) => name === "InboxEvents") ?? {};

  it("in any layout, with its fragments in any order", () => {
    const { definitions, kind } = parse(body);
    expect(idOf({ kind, definitions: [...definitions].reverse() })).toBe(id);
  });

  it.each([
    ["another field", body.replace("lastSeq", "activityAt")],
    ["another order of fields", body.replace("streamId\n    seq", "seq\n    streamId")],
    ["another name", body.replace("InboxEvents", "MyInboxEvents")],
    ["no __typename", body.replaceAll(/^ *__typename\n/gm, "")],
    ["a name of every object", "query constructor { me { id } }"],
  ])("but not with %s", (_, text) => {
    expect(text).not.toBe(body);
    expect(idOf(parse(text))).toBeNull();
  });
});

describe("caches know", () => {
  const types = Object.values(api.getTypeMap()).filter(isOutputType);

  it("the members of each interface and union", () => {
    const all = types.filter(isAbstractType).map(({ name }) => name);
    expect(Object.keys(possibleTypes).sort()).toEqual(all.sort());
    for (const type of types.filter(isAbstractType))
      expect(possibleTypes[type.name]).toEqual(
        api
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      );
  });

  it("each field with pages, and the arguments that choose the list", () => {
    const fields = types.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Connection!?$/.test(String(field.type)))
        .map(({ name }) => `${type.name}.${name}`),
    );
    const known = Object.entries(connections).flatMap(([type, each]) =>
      Object.keys(each).map((name) => `${type}.${name}`),
    );
    expect(fields.length).toBeGreaterThan(8);
    expect(known.sort()).toEqual(fields.sort());
    expect(connections.Query).toMatchObject({ events: ["filter"], users: ["search"] });
    expect(connections.Conversation).toMatchObject({ messages: [] });
  });

  it("each subscription that resumes, as the supergraph marks it", () => {
    const marked = parse(supergraph)
      .definitions.flatMap((node) =>
        node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === "Subscription"
          ? (node.fields ?? [])
          : [],
      )
      .filter(({ directives }) => directives?.some(({ name }) => name.value === "resumable"));
    const logs = Object.keys(resumable).filter((name) => resumable[name] === "log");
    expect(logs.length).toBeGreaterThan(3);
    expect(marked.map(({ name }) => name.value).sort()).toEqual(logs.sort());
    expect(resumable.inboxEvents).toBe("inbox");
  });
});
