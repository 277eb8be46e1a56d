// Query plans as text to review: one line for each step, its selection below it. A step below
// "sequence" waits for the one above it, the steps below "parallel" run at once.
import { type ASTNode, Kind, parse, print } from "graphql";
import type { Plan } from "../../router/execution/plan.ts";
import type { Fetch, Selection, Step } from "../../router/execution/steps.ts";

const INDENT = "  ";

/** Of a subscription "primary" is the upstream subscription, "rest" what each event fetches. */
export function textOfPlan({ primary, step }: Plan): string {
  if (!primary) return step ? textOfStep(step) : "nothing";
  const rest = step ? ["rest", indented(textOfStep(step))] : ["rest nothing"];
  return ["primary", indented(textOfFetch(primary)), ...rest].join("\n");
}

function textOfStep(step: Step): string {
  if (step.kind === "fetch") return textOfFetch(step.fetch);
  return [step.kind, ...step.steps.map((each) => indented(textOfStep(each)))].join("\n");
}

function textOfFetch({ subgraph, query, route, requires, variables }: Fetch): string {
  const facts = [
    `fetch ${subgraph}`,
    ...(route.length > 0 ? [`flatten ${route.join(".")}`] : []),
    ...(requires ? [`by ${requires.map(textOfKey).join(", ")}`] : []),
    ...(variables.length > 0 ? [`with ${variables.map(({ name }) => `$${name}`).join(" ")}`] : []),
  ];
  const nodes = parse(query, { noLocation: true }).definitions.flatMap(reviewedNodes);
  return [facts.join(" "), ...nodes.map((each) => indented(print(each)))].join("\n");
}

/** Root fields, or what an entity fetch selects below `_entities`; fragments as they are. */
function reviewedNodes(definition: ASTNode): readonly ASTNode[] {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return [definition];
  const { selections } = definition.selectionSet;
  return selections.flatMap((each) => {
    const isOfEntities = each.kind === Kind.FIELD && each.name.value === "_entities";
    return isOfEntities ? (each.selectionSet?.selections ?? []) : [each];
  });
}

function textOfKey(selection: Selection): string {
  if (selection.kind === "types") {
    const [type = ""] = selection.types;
    return `${type}(${selection.below.map(textOfKey).filter(Boolean).join(" ")})`;
  }
  if (selection.name === "__typename") return "";
  const below = selection.below?.map(textOfKey).filter(Boolean).join(" ");
  return below ? `${selection.name} { ${below} }` : selection.name;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, INDENT);
}
