// Rules of the live marks: `@resumable` names an argument and event fields that exist, `@shared`
// stands beside it, and every mark of every subgraph stands in the supergraph. Composition drops a
// mark without a word when a subgraph's link is wrong.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  print,
} from "graphql";
import {
  argumentOf,
  directiveOf,
  type Element,
  type Finding,
  fieldsOf,
  finder,
  namedTypeOf,
} from "./walk.ts";

/** Composed by us (`@composeDirective`) or by federation, and read by the router. */
const MARKS = [
  "resumable",
  "shared",
  "cacheControl",
  "credential",
  "signsIn",
  "cost",
  "listSize",
  "authenticated",
  "requiresScopes",
  "policy",
];
const reportResumable = finder("resumable");
const reportShared = finder("shared");
const reportLost = finder("live-mark");

export function resumables(document: DocumentNode): Finding[] {
  const fields = fieldsOf(document);
  return fields.flatMap((field) => {
    const mark = directiveOf(field.node, "resumable");
    return mark ? resumable(field, mark, fields) : [];
  });
}

function resumable(
  { node, coordinate, owner }: Element<FieldDefinitionNode>,
  mark: ConstDirectiveNode,
  fields: readonly Element<FieldDefinitionNode>[],
): Finding[] {
  const findings: Finding[] = [];
  const report = (message: string) => findings.push(reportResumable(node, coordinate, message));
  if (owner !== "Subscription") report("only subscriptions are resumable");
  const argument = stringOf(mark, "argument");
  const given = node.arguments?.find((arg) => arg.name.value === argument);
  if (!given || print(given.type) !== "Int") {
    report(`@resumable(argument: "${argument}") must name an argument of type Int`);
  }
  const event = namedTypeOf(node.type);
  for (const role of ["position", "previous"]) {
    const name = stringOf(mark, role);
    const field = fields.find((each) => each.owner === event && each.name === name);
    if (!field || print(field.node.type) !== "Int!") {
      report(`@resumable(${role}: "${name}") must name a field of ${event} of type Int!`);
    }
  }
  return findings;
}

/** Whoever joins a shared stream has to know where, and one person's own is not for many. */
export function shared(document: DocumentNode): Finding[] {
  return fieldsOf(document).flatMap(({ node, coordinate }) => {
    if (!directiveOf(node, "shared")) return [];
    const cached = directiveOf(node, "cacheControl");
    const scope = cached && argumentOf(cached, "scope")?.value;
    const isPrivate = scope?.kind === Kind.ENUM && scope.value === "PRIVATE";
    if (directiveOf(node, "resumable") && !isPrivate) return [];
    const message = "@shared stands beside @resumable, and never on what is PRIVATE";
    return [reportShared(node, coordinate, message)];
  });
}

/** Findings for marks of a subgraph that are not, or not equally, in the supergraph. */
export function lostDirectives(document: DocumentNode, supergraph: DocumentNode): Finding[] {
  const composed = new Set(marksOf(supergraph).map(keyOf));
  return marksOf(document)
    .filter((mark) => !composed.has(keyOf(mark)))
    .map(({ mark, coordinate }) => {
      const message =
        `${print(mark)} is not in the supergraph: does kit/schema.graphql link it and name it in ` +
        "@composeDirective, and do all subgraphs agree on it?";
      return reportLost(mark, coordinate, message);
    });
}

interface Mark {
  readonly mark: ConstDirectiveNode;
  readonly coordinate: string;
}

function marksOf(document: DocumentNode): Mark[] {
  const onTypes = document.definitions.flatMap((node) => {
    if (!("name" in node) || !node.name || node.kind === Kind.DIRECTIVE_DEFINITION) return [];
    const coordinate = node.name.value;
    const directives = ("directives" in node ? node.directives : undefined) as
      | readonly ConstDirectiveNode[]
      | undefined;
    return (directives ?? []).map((mark) => ({ mark, coordinate }));
  });
  const onFields = fieldsOf(document).flatMap(({ node, coordinate }) =>
    (node.directives ?? []).map((mark) => ({ mark, coordinate })),
  );
  return [...onTypes, ...onFields].filter(({ mark }) => MARKS.includes(mark.name.value));
}

/** Equal for equal marks, in whatever order their arguments are written. */
function keyOf({ mark, coordinate }: Mark): string {
  const args = (mark.arguments ?? []).map(({ name, value }) => `${name.value}: ${print(value)}`);
  return `${coordinate} @${mark.name.value}(${args.sort().join(", ")})`;
}

function stringOf(mark: ConstDirectiveNode, name: string): string {
  const value = argumentOf(mark, name)?.value;
  return value?.kind === Kind.STRING ? value.value : "";
}
