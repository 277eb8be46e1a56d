// The documents have the real limits of operations, and shipped operations pass them with default
// pages.
import { readFileSync } from "node:fs";
import { Supergraph } from "@apollo/federation-internals";
import { Kind, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../kit/service/config.ts";
import { DEFAULT_LIMITS } from "../../router/limits/limits.ts";
import { DEFAULT_RATES } from "../../router/limits/rates.ts";
import { createGuard } from "../../router/policy/guard.ts";
import { withoutPurposes } from "../../router/supergraph/links.ts";
import { operation, operationNames } from "../../schema/operations.ts";
import { fileLimitsShape as filesOfEvents } from "../../subgraphs/events/file-limits.ts";
import { fileLimitsShape as filesOfMessaging } from "../../subgraphs/messaging/file-limits.ts";
import { fileLimitsShape as filesOfUsers } from "../../subgraphs/users/file-limits.ts";
import { exampleVariables } from "./example-variables.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");

it("docs/limits.md lists every limit with its default", () => {
  const rows = [...read("docs/limits.md").matchAll(/^\| `(\w+)` \| (\d+) \|/gm)];
  expect(rows.map(([, name, most]) => [name, Number(most)])).toEqual(
    Object.entries(DEFAULT_LIMITS),
  );
});

it("ARCHITECTURE.md lists every rate", () => {
  const row = /^\| `(\w+)` \| [^|]+ \| (\d+) \| (\d+) \|/gm;
  const rows = [...read("docs/limits.md").matchAll(row)].map(([, name, burst, perMinute]) => [
    name,
    { burst: Number(burst), perMinute: Number(perMinute) },
  ]);
  expect(rows).toEqual(Object.entries(DEFAULT_RATES));
});

it("docs/limits.md lists every limit of files with its default", () => {
  const rows = [
    ...read("docs/limits.md").matchAll(/^\| `(FILES_\w+)` \| (\d+) (?:bytes|uploads) \|/gm),
  ];
  const documented = Object.fromEntries(rows.map(([, name, most]) => [name, Number(most)]));
  const shapes = { ...filesOfMessaging, ...filesOfUsers, ...filesOfEvents };
  expect(documented).toEqual(readConfig(shapes, {}));
});

describe("within the limits, with default pages, is", () => {
  const composed = Supergraph.build(withoutPurposes(parse(read("schema/supergraph.graphql"))));
  const apiSchema = composed.apiSchema().toGraphQLJSSchema();
  const fullSchema = composed.schema.toGraphQLJSSchema();
  const guard = createGuard({ apiSchema, fullSchema }, DEFAULT_LIMITS);

  it.each(operationNames())("%s", (operationName) => {
    const document = parse(operation(operationName));
    expect(guard.judgeDocument(document)).toBeNull();
    const node = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const variables = node ? exampleVariables(apiSchema, node) : {};
    const asked = { document, operation: node, operationName, variables, canStream: true };
    expect(guard.judgeOperation(asked)).toMatchObject({ kind: "accepted" });
  });

  it("with pages of 100 every operation but these, whose clients read smaller pages", () => {
    const beyond = operationNames().filter((operationName) => {
      const document = parse(operation(operationName));
      const node = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
      if (!node?.variableDefinitions?.some(({ variable }) => variable.name.value === "first")) {
        return false;
      }
      const variables = { ...exampleVariables(apiSchema, node), first: 100 };
      const asked = { document, operation: node, operationName, variables, canStream: true };
      return guard.judgeOperation(asked).kind === "refused";
    });
    expect(beyond).toEqual(["Conversations", "Home"]);
  });
});
