// Removes `for: SECURITY` from links in the supergraph whose directives this router enforces
// itself, and `for` from hints for caches. Apollo's gateway refuses a supergraph with such a link
// if it does not know the directive. It still refuses all others.
import { type DirectiveNode, type DocumentNode, Kind, visit } from "graphql";

const ENFORCED = ["authenticated", "requiresScopes", "policy"];
/** Hints for a cache of answers. This router has none. */
const UNUSED = ["cacheTag"];

/** The same supergraph, in which these links have no `for`. */
export function withoutPurposes(supergraph: DocumentNode): DocumentNode {
  return visit(supergraph, {
    Directive: (node) => (isOurs(node) ? withoutPurpose(node) : undefined),
  });
}

/** True for a `@link` such as `https://specs.apollo.dev/policy/v0.1`. */
function isOurs({ name, arguments: args = [] }: DirectiveNode): boolean {
  const url = args.find((argument) => argument.name.value === "url")?.value;
  if (name.value !== "link" || url?.kind !== Kind.STRING) return false;
  return [...ENFORCED, ...UNUSED].some((each) =>
    url.value.startsWith(`https://specs.apollo.dev/${each}/`),
  );
}

function withoutPurpose(node: DirectiveNode): DirectiveNode {
  const { arguments: args = [] } = node;
  return { ...node, arguments: args.filter(({ name }) => name.value !== "for") };
}
