// Rules of the live directives: `@resumable` names an argument and event fields that exist,
// `@shared` needs `@resumable`, and every directive that the router reads is in the supergraph.
// Composition drops directives silently when a subgraph's link is wrong.
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
  inputsOf,
  namedTypeOf,
} from "./walk.ts";

/** Composed by us (`@composeDirective`) or by federation, and read by the router. */
const DIRECTIVES = [
  "resumable",
  "shared",
  "cacheControl",
  "credential",
  "signsIn",
  "sessionToken",
  "whileRestricted",
  "cost",
  "listSize",
  "authenticated",
  "requiresScopes",
  "policy",
];
const reportResumable = finder("resumable");
const reportShared = finder("shared");
const reportLost = finder("live-directive");

export function resumables(document: DocumentNode): Finding[] {
  const fields = fieldsOf(document);
  return fields.flatMap((field) => {
    const directive = directiveOf(field.node, "resumable");
    return directive ? resumable(field, directive, fields) : [];
  });
}

function resumable(
  { node, coordinate, owner }: Element<FieldDefinitionNode>,
  directive: ConstDirectiveNode,
  fields: readonly Element<FieldDefinitionNode>[],
): Finding[] {
  const findings: Finding[] = [];
  const report = (message: string) => findings.push(reportResumable(node, coordinate, message));
  if (owner !== "Subscription") report("only subscriptions are resumable");
  const argument = stringOf(directive, "argument");
  const found = node.arguments?.find((arg) => arg.name.value === argument);
  if (!found || print(found.type) !== "Int") {
    report(`@resumable(argument: "${argument}") must name an argument of type Int`);
  }
  const event = namedTypeOf(node.type);
  for (const role of ["position", "previous"]) {
    const name = stringOf(directive, role);
    const field = fields.find((each) => each.owner === event && each.name === name);
    if (!field || print(field.node.type) !== "Int!") {
      report(`@resumable(${role}: "${name}") must name a field of ${event} of type Int!`);
    }
  }
  return findings;
}

/** A member joins a feed at a position, and private data cannot be shared. */
export function shared(document: DocumentNode): Finding[] {
  return fieldsOf(document).flatMap(({ node, coordinate }) => {
    if (!directiveOf(node, "shared")) return [];
    const cached = directiveOf(node, "cacheControl");
    const scope = cached && argumentOf(cached, "scope")?.value;
    const isPrivate = scope?.kind === Kind.ENUM && scope.value === "PRIVATE";
    if (directiveOf(node, "resumable") && !isPrivate) return [];
    const message = "@shared needs @resumable, and cannot be on a PRIVATE field";
    return [reportShared(node, coordinate, message)];
  });
}

/** Findings for directives of a subgraph that are missing or different in the supergraph. */
export function lostDirectives(document: DocumentNode, supergraph: DocumentNode): Finding[] {
  const composed = new Set(directiveUsesOf(supergraph).map(keyOf));
  return directiveUsesOf(document)
    .filter((use) => !composed.has(keyOf(use)))
    .map(({ directive, coordinate }) => {
      const message =
        `${print(directive)} is not in the supergraph: does kit/schema.graphql link it and name it in ` +
        "@composeDirective, and do all subgraphs agree on it?";
      return reportLost(directive, coordinate, message);
    });
}

interface DirectiveUse {
  readonly directive: ConstDirectiveNode;
  readonly coordinate: string;
}

function directiveUsesOf(document: DocumentNode): DirectiveUse[] {
  const onTypes = document.definitions.flatMap((node) => {
    if (!("name" in node) || !node.name || node.kind === Kind.DIRECTIVE_DEFINITION) return [];
    const coordinate = node.name.value;
    const directives = ("directives" in node ? node.directives : undefined) as
      | readonly ConstDirectiveNode[]
      | undefined;
    return (directives ?? []).map((directive) => ({ directive, coordinate }));
  });
  const fields = [...fieldsOf(document), ...inputsOf(document)];
  const onFields = fields.flatMap(({ node, coordinate }) =>
    (node.directives ?? []).map((directive) => ({ directive, coordinate })),
  );
  return [...onTypes, ...onFields].filter(({ directive }) =>
    DIRECTIVES.includes(directive.name.value),
  );
}

/** Equal for equal directives, in any order of their arguments. */
function keyOf({ directive, coordinate }: DirectiveUse): string {
  const args = (directive.arguments ?? []).map(
    ({ name, value }) => `${name.value}: ${print(value)}`,
  );
  return `${coordinate} @${directive.name.value}(${args.sort().join(", ")})`;
}

function stringOf(directive: ConstDirectiveNode, name: string): string {
  const value = argumentOf(directive, name)?.value;
  return value?.kind === Kind.STRING ? value.value : "";
}
