// Turns what the planner asks for under the names of needs into what a subgraph understands: the
// real fields, and where one request would need a field twice with different arguments, several
// requests.
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
import { NEED_PREFIX, type Needs } from "../supergraph/required-fields.ts";

/** The requests to send for one of a plan: itself, where it has nothing to do with needs. */
export function withRealFields(node: FetchNode, needs: Needs): FetchNode[] {
  const isConcerned = `${node.operation}${JSON.stringify(node.requires)}`.includes(NEED_PREFIX);
  if (!isConcerned) return [node];
  return apart(node, needs).map((each) => ({
    ...each,
    operation: realOperation(each.operation, needs),
    ...(each.requires && { requires: realSelections(each.requires, needs) }),
  }));
}

function realOperation(operation: string, { byName }: Needs): string {
  return print(
    visit(parse(operation, { noLocation: true }), {
      Field(node) {
        const need = byName.get(node.name.value)?.node;
        if (!need) return undefined;
        const alias = node.alias ?? node.name;
        return { ...node, alias, name: need.name, arguments: need.arguments };
      },
    }),
  );
}

/** In a representation the value has the name of the real field. */
function realSelections(
  selections: readonly QueryPlanSelectionNode[],
  needs: Needs,
): QueryPlanSelectionNode[] {
  return selections.map((node): QueryPlanSelectionNode => {
    const below = node.selections ? { selections: realSelections(node.selections, needs) } : {};
    if (node.kind !== "Field") return { ...node, ...below };
    const need = needs.byName.get(node.name);
    const real = need && { alias: node.alias ?? node.name, name: need.node.name.value };
    return { ...node, ...below, ...real };
  });
}

/** A request is sent in parts where two of its fields need one with different arguments. */
function apart(node: FetchNode, needs: Needs): FetchNode[] {
  const named = needNames(node.requires ?? []);
  const realOf = (name: string) => needs.byName.get(name)?.node.name.value;
  const rivals = named.filter((name) =>
    named.some((other) => other !== name && realOf(other) === realOf(name)),
  );
  if (rivals.length === 0) return [node];
  return [null, ...rivals].flatMap((need) => {
    const others = rivals.filter((name) => name !== need);
    const operation = operationFor(node.operation, rivals, need, needs);
    if (operation === null) return [];
    const requires = without(node.requires ?? [], others);
    const used = variablesIn(operation);
    const variableUsages = (node.variableUsages ?? []).filter((name) => used.has(name));
    return [{ ...node, operation: print(declaring(operation, used)), requires, variableUsages }];
  });
}

function needNames(selections: readonly QueryPlanSelectionNode[]): string[] {
  return selections.flatMap((node) => {
    const below = needNames(node.selections ?? []);
    return node.kind === "Field" && node.name.startsWith(NEED_PREFIX)
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

/** The operation with those fields of entities alone that need this, or none of the rivals. */
function operationFor(
  operation: string,
  rivals: readonly string[],
  need: string | null,
  { ofFields }: Needs,
): DocumentNode | null {
  const isWanted = (type: string, { name }: FieldNode) => {
    const own = (ofFields.get(`${type}.${name.value}`) ?? []).filter((each) =>
      rivals.includes(each),
    );
    return need === null ? own.length === 0 : own.includes(need);
  };
  let hasFields = false;
  const kept = (selections: readonly SelectionNode[], type: string): SelectionNode[] =>
    selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const own = node.typeCondition?.name.value ?? type;
        const below = kept(node.selectionSet.selections, own);
        const selectionSet = { ...node.selectionSet, selections: below };
        return below.length > 0 ? [{ ...node, selectionSet }] : [];
      }
      if (node.kind !== Kind.FIELD || node.name.value === "__typename") return [node];
      if (!isWanted(type, node)) return [];
      hasFields = true;
      return [node];
    });
  // Of the entities themselves, not of what lies below them.
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
