// The decisions about each field of an object: by the router, by the subgraphs at their own ports,
// and by the composed schema.
import { readFileSync } from "node:fs";
import { Supergraph } from "@apollo/federation-internals";
import { getNamedType, isLeafType, isObjectType, parse } from "graphql";
import { judge, readRequirements } from "../../../kit/trust/authorization.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { withoutPurposes } from "../../../router/supergraph/links.ts";
import { ask, type GraphQLAnswer } from "../../kit/client.ts";
import { askPort, type Subgraph, subgraphs } from "./ports.ts";
import type { Reach, Start } from "./reaching.ts";
import { called, type FieldOf, fieldsOf, schema } from "./schema.ts";

const REFUSALS = ["UNAUTHENTICATED", "FORBIDDEN"];

/** By field: `shown` if it has a value, `null` if it has none, or the code of its refusal. */
export type Decisions = Readonly<Record<string, string>>;

type Answer = Pick<GraphQLAnswer, "data" | "errors">;

/** Reads fields of the object at the end of a path. */
type Question = (fields: readonly FieldOf[]) => Promise<Answer>;

/**
 * Reads all fields at once, and then again without the refused ones, because a non-null field makes
 * the others null. A refusal on the path applies to all.
 */
async function decide(fields: readonly FieldOf[], depth: number, question: Question) {
  const decisions: Record<string, string> = {};
  for (let left = fields; left.length > 0; ) {
    const { data, errors = [] } = await question(left);
    const refused = errors.filter(({ extensions }) => REFUSALS.includes(extensions.code));
    if (refused.length === 0) return { ...decisions, ...toldBy(objectIn(data, depth), left) };
    for (const { path = [], extensions } of refused) {
      const names = path.filter((name) => typeof name === "string" && name !== "_entities");
      const isHere = ({ field }: FieldOf) => names.length <= depth || field.name === names[depth];
      for (const { field } of left.filter(isHere)) decisions[field.name] = extensions.code;
    }
    left = left.filter(({ field }) => !(field.name in decisions));
  }
  return decisions;
}

/** The object `depth` fields below, the first of each list. */
function objectIn(data: unknown, depth: number): unknown {
  let value = Object(data)._entities ?? data;
  for (let down = 0; ; down += 1) {
    while (Array.isArray(value)) value = value[0];
    if (down === depth) return value;
    const [inside] = Object.entries(Object(value)).filter(([name]) => name !== "__typename");
    value = inside?.[1];
  }
}

function toldBy(object: unknown, fields: readonly FieldOf[]): Decisions {
  const shown = (name: string) => (Object(object)[name] ?? null) !== null;
  return Object.fromEntries(
    fields.map(({ field: { name } }) => [name, shown(name) ? "shown" : "null"]),
  );
}

const closed = (document: string) =>
  document + "}".repeat(document.split("{").length - document.split("}").length);

function selected(way: readonly FieldOf[], fields: readonly FieldOf[]): string {
  const steps = way.map(({ field }) => `${called(field)} { __typename`).join(" ");
  const outcomes = fields.map(({ field }) => {
    return isLeafType(getNamedType(field.type)) ? field.name : `${called(field)} { __typename }`;
  });
  return `${steps} ${outcomes.join(" ")}`;
}

/** The router's decision about each field of an object. `id` is the start of the path. */
export function atTheDoor({ start, way, type }: Reach, id: string, token?: string) {
  return decide(fieldsOf(type), start.steps.length + way.length, (fields) => {
    const needsId = start.steps.some((step) => step.includes("$id"));
    const steps = start.steps.map((step) => `${step} {`).join(" ");
    const head = needsId ? "query($id: ID!) {" : "{";
    const query = closed(`${head} ${steps} ${selected(way, fields)}`);
    return ask(query, needsId ? { id } : {}, { as: token });
  });
}

/** The subgraphs' decisions, each about the fields that it serves. */
export async function atThePorts(reach: Reach, id: string, identity: Identity): Promise<Decisions> {
  const { start, way, type } = reach;
  const perSubgraph = subgraphs().map(async (subgraph) => {
    const served = fieldsOf(type).filter((field) => isServed(subgraph, reach, field));
    if (served.length === 0) return {};
    return decide(served, way.length, (fields) => {
      const selection = selected(way, fields);
      if (start.type === "Query")
        return askPort(subgraph.name, closed(`{ ${selection}`), {}, identity);
      const query = `query($it: _Any!) { _entities(representations: [$it]) { ... on ${start.type} {`;
      const it = { __typename: start.type, id };
      return askPort(subgraph.name, closed(`${query} ${selection}`), { it }, identity);
    });
  });
  return Object.assign({}, ...(await Promise.all(perSubgraph)));
}

function isServed({ serves }: Subgraph, { start, way }: Reach, field: FieldOf): boolean {
  const isStart = start.type === "Query" || serves(`${start.type} by reference`);
  return isStart && [...way, field].every(({ coordinate }) => serves(coordinate));
}

const document = withoutPurposes(parse(readFileSync("schema/supergraph.graphql", "utf8")));
const requirements = readRequirements(Supergraph.build(document).schema.toGraphQLJSSchema());

/** The composed schema's verdict on each field: the code of its refusal, `yes`, or its policies. */
export function bySchema({ start, way, type }: Reach, identity: Identity): Decisions {
  const onTheWay = [...coordinatesOf(start), ...way.map(({ coordinate }) => coordinate)];
  const judged = (coordinate: string) => {
    const requirement = requirements.get(coordinate);
    if (!requirement) throw new Error(`${coordinate} has no requirement`);
    const decision = judge(requirement, identity);
    if (decision.kind === "refused") return String(decision.error.extensions.code);
    return decision.kind === "granted" ? "yes" : requirement.policies.flat(2).join(" or ");
  };
  const before = onTheWay.map(judged).find((verdict) => REFUSALS.includes(verdict));
  return Object.fromEntries(
    fieldsOf(type).map(({ coordinate, field }) => [field.name, before ?? judged(coordinate)]),
  );
}

/** The fields from Query to the start of a path. */
function coordinatesOf({ steps }: Start): string[] {
  let type = schema.getQueryType();
  return steps.map((step) => {
    const [name = ""] = step.split("(");
    const coordinate = `${type?.name}.${name}`;
    const next = type?.getFields()[name];
    const inside = next && getNamedType(next.type);
    type = isObjectType(inside) ? inside : undefined;
    return coordinate;
  });
}
