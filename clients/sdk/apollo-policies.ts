// The type policies for Apollo Client's cache: pages of our connections are joined, and lists are
// replaced. A field whose page arguments are all literals, such as `messages(last: 1)`, is a list
// of its own: no page can be added to it, and it does not disturb the list that has pages.
import type {
  FieldFunctionOptions,
  FieldPolicy,
  Reference,
  StoreObject,
  TypePolicies,
} from "@apollo/client/core";
import { type FieldNode, Kind } from "graphql";
import { type Edge, hasPage, joinPage, type PageArguments, type Pages } from "./apollo-pages.ts";
import { connections, replaced } from "./generated/graph.ts";

const PAGE_ARGUMENTS = ["first", "after", "last", "before", "aroundSeq"];

interface Arguments extends PageArguments {
  readonly aroundSeq?: number | null;
}

type Options = Pick<FieldFunctionOptions, "args" | "field" | "readField" | "isReference">;

/** For `new InMemoryCache({ typePolicies, possibleTypes })`. */
export const typePolicies: TypePolicies = Object.fromEntries(
  [...new Set([...Object.keys(connections), ...Object.keys(replaced)])].map((type) => [
    type,
    {
      fields: {
        ...Object.fromEntries((replaced[type] ?? []).map((name) => [name, { merge: false }])),
        ...Object.fromEntries(
          Object.entries(connections[type] ?? {}).map(([name, keys]) => [name, pagesOf(keys)]),
        ),
      },
    },
  ]),
);

/** `keys`: the arguments that choose the list. */
function pagesOf(keys: readonly string[]): FieldPolicy<Pages> {
  return {
    keyArgs(args, { field }) {
      const names = isFixed(field) ? [...keys, ...PAGE_ARGUMENTS] : [...keys];
      const given = names.filter((name) => args && name in args);
      return given.length > 0 ? given : false;
    },
    read(list, options) {
      if (!list || !(isFixed(options.field) || isThere(list, options))) return undefined;
      // A node that was evicted leaves its lists.
      const isReadable = (edge: Edge) => options.canRead(nodeOf(edge, options));
      return { ...list, ...(list.edges && { edges: list.edges.filter(isReadable) }) };
    },
    merge(list, page, options) {
      if (isFixed(options.field)) return page;
      const nodeKey = (edge: Edge) => {
        const node = nodeOf(edge, options);
        return options.isReference(node) ? node.__ref : undefined;
      };
      return joinPage(list, page, options.args ?? {}, nodeKey);
    },
  };
}

type Node = Reference | StoreObject | undefined;

function nodeOf(edge: Edge | undefined, { readField }: Pick<Options, "readField">): Node {
  return edge && readField<Node>("node", edge as StoreObject);
}

/** Whether no variable chooses the page. */
function isFixed(field: FieldNode | null): boolean {
  const given = field?.arguments?.filter(({ name }) => PAGE_ARGUMENTS.includes(name.value)) ?? [];
  return given.length > 0 && given.every(({ value }) => value.kind !== Kind.VARIABLE);
}

function isThere(list: Pages, { args, readField }: Options): boolean {
  const { aroundSeq, ...others }: Arguments = args ?? {};
  if (typeof aroundSeq !== "number") return hasPage(list, others);
  const { edges = [], pageInfo } = list;
  const seqOf = (edge: Edge | undefined) => {
    const node = nodeOf(edge, { readField });
    return node && readField<number>("seq", node);
  };
  const [first = aroundSeq, last = aroundSeq] = [seqOf(edges[0]), seqOf(edges.at(-1))];
  const isBehindStart = first <= aroundSeq || pageInfo?.hasPreviousPage === false;
  return isBehindStart && (last >= aroundSeq || pageInfo?.hasNextPage === false);
}
