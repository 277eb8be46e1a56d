// What Apollo's gateway must not see of the supergraph: the `for: SECURITY` of the links whose
// directives this router enforces itself, and that of hints for caches. The gateway refuses to load
// what it does not know, and goes on refusing every other such link.
import { type DirectiveNode, type DocumentNode, Kind, visit } from "graphql";

const ENFORCED = ["authenticated", "requiresScopes", "policy"];
/** For whoever caches answers, which this router does not. */
const IDLE = ["cacheTag"];

/** The same supergraph with these links marked as mere metadata. Nothing else changes. */
export function withoutPurposes(supergraph: DocumentNode): DocumentNode {
  return visit(supergraph, {
    Directive: (node) => (isOurs(node) ? withoutPurpose(node) : undefined),
  });
}

/** True for a `@link` to a specification such as `https://specs.apollo.dev/policy/v0.1`. */
function isOurs({ name, arguments: args = [] }: DirectiveNode): boolean {
  const url = args.find((argument) => argument.name.value === "url")?.value;
  if (name.value !== "link" || url?.kind !== Kind.STRING) return false;
  return [...ENFORCED, ...IDLE].some((each) =>
    url.value.startsWith(`https://specs.apollo.dev/${each}/`),
  );
}

function withoutPurpose(node: DirectiveNode): DirectiveNode {
  const { arguments: args = [] } = node;
  return { ...node, arguments: args.filter(({ name }) => name.value !== "for") };
}
