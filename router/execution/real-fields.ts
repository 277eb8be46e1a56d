// Puts real fields in place of the stand-ins (supergraph/required-fields.ts) in the fetches of a
// plan. A fetch that needs one real field with several sets of arguments becomes several fetches.
import type { FetchNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  visit,
} from "graphql";
import { type RequiredFields, STAND_IN_PREFIX } from "../supergraph/required-fields.ts";

/** The fetches to send instead of `node`: `node` itself if it has no stand-in. */
export function withRealFields(node: FetchNode, required: RequiredFields): FetchNode[] {
  const hasStandIn = `${node.operation}${JSON.stringify(node.requires)}`.includes(STAND_IN_PREFIX);
  if (!hasStandIn) return [node];
  return split(node, required).map((each) => ({
    ...each,
    operation: realOperation(each.operation, required),
    ...(each.requires && { requires: realSelections(each.requires, required) }),
  }));
}

function realOperation(operation: string, { byName }: RequiredFields): string {
  return print(
    visit(parse(operation, { noLocation: true }), {
      Field(node) {
        const real = byName.get(node.name.value)?.node;
        if (!real) return undefined;
        const alias = node.alias ?? node.name;
        return { ...node, alias, name: real.name, arguments: real.arguments };
      },
    }),
  );
}

/** In a representation the value has the name of the real field. */
function realSelections(
  selections: readonly QueryPlanSelectionNode[],
  required: RequiredFields,
): QueryPlanSelectionNode[] {
  return selections.map((node): QueryPlanSelectionNode => {
    const below = node.selections ? { selections: realSelections(node.selections, required) } : {};
    if (node.kind !== "Field") return { ...node, ...below };
    const field = required.byName.get(node.name);
    const real = field && { alias: node.alias ?? node.name, name: field.node.name.value };
    return { ...node, ...below, ...real };
  });
}

/** A representation has one value for each real field, so rival stand-ins need a fetch each. */
function split(node: FetchNode, required: RequiredFields): FetchNode[] {
  const standIns = standInsIn(node.requires ?? []);
  const realOf = (name: string) => required.byName.get(name)?.node.name.value;
  const rivals = standIns.filter((name) =>
    standIns.some((other) => other !== name && realOf(other) === realOf(name)),
  );
  if (rivals.length === 0) return [node];
  return [null, ...rivals].flatMap((own) => {
    const others = rivals.filter((name) => name !== own);
    const operation = operationFor(node.operation, rivals, own, required);
    if (operation === null) return [];
    const requires = without(node.requires ?? [], others);
    const used = variablesIn(operation);
    const variableUsages = (node.variableUsages ?? []).filter((name) => used.has(name));
    return [{ ...node, operation: print(declaring(operation, used)), requires, variableUsages }];
  });
}

function standInsIn(selections: readonly QueryPlanSelectionNode[]): string[] {
  return selections.flatMap((node) => {
    const below = standInsIn(node.selections ?? []);
    return node.kind === "Field" && node.name.startsWith(STAND_IN_PREFIX)
      ? [node.name, ...below]
      : below;
  });
}

function without(
  selections: readonly QueryPlanSelectionNode[],
  names: readonly string[],
): QueryPlanSelectionNode[] {
  return selections.flatMap((node) => {
    if (node.kind === "Field" && names.includes(node.name)) return [];
    const below = node.selections ? { selections: without(node.selections, names) } : {};
    return [{ ...node, ...below }];
  });
}

/**
 * The operation with only those fields of the entities that require the stand-in `own`; for null,
 * those that require none of the rivals. Null if no field is left.
 */
function operationFor(
  operation: string,
  rivals: readonly string[],
  own: string | null,
  { byCoordinate }: RequiredFields,
): DocumentNode | null {
  const isWanted = (type: string, { name }: FieldNode) => {
    const required = (byCoordinate.get(`${type}.${name.value}`) ?? []).filter((each) =>
      rivals.includes(each),
    );
    return own === null ? required.length === 0 : required.includes(own);
  };
  let hasFields = false;
  const kept = (selections: readonly SelectionNode[], type: string): SelectionNode[] =>
    selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value ?? type;
        const below = kept(node.selectionSet.selections, condition);
        const selectionSet = { ...node.selectionSet, selections: below };
        return below.length > 0 ? [{ ...node, selectionSet }] : [];
      }
      if (node.kind !== Kind.FIELD || node.name.value === "__typename") return [node];
      if (!isWanted(type, node)) return [];
      hasFields = true;
      return [node];
    });
  // Only the fields of the entities themselves are filtered, not those below them.
  const filtered = visit(parse(operation, { noLocation: true }), {
    Field({ selectionSet, ...node }) {
      if (node.name.value !== "_entities" || !selectionSet) return false;
      const selections = kept(selectionSet.selections, "");
      return { ...node, selectionSet: { ...selectionSet, selections } };
    },
  });
  return hasFields ? filtered : null;
}

function variablesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void names.add(name.value),
  });
  return names;
}

function declaring(document: DocumentNode, names: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ variable }) => (names.has(variable.name.value) ? undefined : null),
  });
}
