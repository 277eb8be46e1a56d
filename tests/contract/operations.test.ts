// The cost and the query plan of each shipped operation equal tests/contract/operations/<Name>.txt.
// So the diff of a schema change shows which operations fetch more.
// `npm run test:contract -- tests/contract/operations.test.ts -u` writes these files.
import { readdirSync, readFileSync } from "node:fs";
import { getOperationAST, parse } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPlanner } from "../../router/execution/plan.ts";
import { DEFAULT_LIMITS } from "../../router/limits/limits.ts";
import { createGuard } from "../../router/policy/guard.ts";
import { measure } from "../../router/policy/measure.ts";
import { loadSupergraph, type Supergraph } from "../../router/supergraph/supergraph.ts";
import { operation, operationNames } from "../../schema/operations.ts";
import { exampleVariables } from "./example-variables.ts";
import { textOfPlan } from "./plans.ts";
import { projectFile } from "./project.ts";

const FOLDER = "tests/contract/operations";

let supergraph: Supergraph;
beforeAll(async () => {
  const sdl = readFileSync(projectFile("schema/supergraph.graphql"), "utf8");
  supergraph = await loadSupergraph({ sdl, scalars: {}, log: pino({ level: "silent" }) });
});
afterAll(() => supergraph?.stop());

/** The operation with default pages, and only the variables that it must have. */
function fixtureOf(name: string, text: string): string {
  const document = parse(text);
  const definition = getOperationAST(document, name);
  if (!definition) throw new Error(`${name}.graphql has no operation of that name`);
  const variables = exampleVariables(supergraph.apiSchema, definition);
  const guard = createGuard(supergraph, DEFAULT_LIMITS);
  const incoming = { document, operation: definition, operationName: name, canStream: true };
  const verdict = guard.judgeOperation({ ...incoming, variables });
  if (verdict.kind === "refused") throw verdict.error;
  const measured = { schema: supergraph.apiSchema, credentials: new Set<string>() };
  const [measures] = measure(measured, document);
  const plan = createPlanner(supergraph)({ document, definition }, variables);
  return [
    `${definition.operation} ${name}`,
    `variables  ${JSON.stringify(variables)}`,
    `cost       ${verdict.cost.estimated} of ${DEFAULT_LIMITS.cost}`,
    `selections ${measures?.selections} of ${DEFAULT_LIMITS.selections}`,
    `depth      ${measures?.depth} of ${DEFAULT_LIMITS.depth}`,
    "",
    `${textOfPlan(plan)}\n`,
  ].join("\n");
}

test.each(operationNames())("%s costs and fetches what was reviewed", async (name) => {
  const fixture = fixtureOf(name, operation(name));
  await expect(fixture).toMatchFileSnapshot(projectFile(`${FOLDER}/${name}.txt`));
});

test("each operation has a fixture, and no fixture outlives its operation", () => {
  const fixtures = readdirSync(projectFile(FOLDER)).sort();
  expect(fixtures).toEqual(operationNames().map((name) => `${name}.txt`));
});

test("a field of another subgraph is one more fetch, and costs more", () => {
  const text = operation("Me");
  const wider = text.replace("id\n", "id registrations { edges { node { id } } }\n");
  expect(wider).not.toBe(text);
  const [narrow, wide] = [fixtureOf("Me", text), fixtureOf("Me", wider)];
  expect([narrow, wide].map((fixture) => fixture.match(/fetch \w+/g))).toEqual([
    ["fetch users"],
    ["fetch users", "fetch events"],
  ]);
  expect(costIn(wide)).toBeGreaterThan(costIn(narrow));
});

function costIn(fixture: string): number {
  return Number(/^cost +(\d+)/m.exec(fixture)?.[1]);
}
