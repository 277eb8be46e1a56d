// Guarantees about clients of the previous release: every id that it shipped still runs.
import { readFileSync } from "node:fs";
import { buildSchema, getOperationAST, parse, validate } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPlanner } from "../../router/execution/plan.ts";
import { DEFAULT_LIMITS } from "../../router/limits/limits.ts";
import { createGuard } from "../../router/policy/guard.ts";
import { readManifest } from "../../router/policy/manifest.ts";
import { loadSupergraph, type Supergraph } from "../../router/supergraph/supergraph.ts";
import type { Manifest } from "../../schema/manifest.ts";
import { exampleVariables } from "./example-variables.ts";
import { gates } from "./gates.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");
const released: Manifest = JSON.parse(read("schema/released-queries.json"));
/** A breaking change with a reason in gates.json may end an operation. */
const mayEnd = Object.keys(gates.breakingChanges).length > 0;
const schema = buildSchema(read("schema/api.graphql"));
const running = released.operations.filter(
  ({ body }) => !mayEnd || validate(schema, parse(body)).length === 0,
);

let supergraph: Supergraph;
let manifest: Awaited<ReturnType<typeof readManifest>>;
beforeAll(async () => {
  const sdl = read("schema/supergraph.graphql");
  supergraph = await loadSupergraph({ sdl, scalars: {}, log: pino({ level: "silent" }) });
  manifest = await readManifest(projectFile("schema/persisted-queries.json"));
});
afterAll(() => supergraph?.stop());

test("the previous release shipped ids", () => {
  expect(released.operations.length).toBeGreaterThan(40);
  expect(running.length).toBeGreaterThan(0);
});

test.each(running.map(({ id, name }) => [name, id] as const))("%s still runs as %s", (name, id) => {
  const trusted = manifest.get(id);
  if (!trusted) throw new Error(`run npm run compose: the manifest forgot ${name}`);
  const { document } = trusted;
  expect(validate(supergraph.apiSchema, document)).toEqual([]);
  const definition = getOperationAST(document, name);
  if (!definition) throw new Error(`${id} is not ${name}`);
  const variables = exampleVariables(supergraph.apiSchema, definition);
  const guard = createGuard(supergraph, DEFAULT_LIMITS);
  const incoming = { document, operation: definition, operationName: name, canStream: true };
  expect(guard.judgeOperation({ ...incoming, variables }).kind).not.toBe("refused");
  expect(createPlanner(supergraph)({ document, definition }, variables)).toBeDefined();
});
