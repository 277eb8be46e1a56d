// What Apollo's gateway must not see of the supergraph: the `for: SECURITY` of the links whose
// directives this router enforces itself. The gateway refuses to load what it does not enforce, and
// goes on refusing every other such link.
import { type DirectiveNode, Kind, parse, print, visit } from "graphql";

const ENFORCED = ["authenticated", "requiresScopes", "policy"];

/** The same SDL with the links of authorization marked as mere metadata. Nothing else changes. */
export function withoutPurposes(supergraphSdl: string): string {
  const document = visit(parse(supergraphSdl), {
    Directive: (node) => (isEnforced(node) ? withoutPurpose(node) : undefined),
  });
  return print(document);
}

/** True for a `@link` to a specification such as `https://specs.apollo.dev/policy/v0.1`. */
function isEnforced({ name, arguments: args = [] }: DirectiveNode): boolean {
  const url = args.find((argument) => argument.name.value === "url")?.value;
  if (name.value !== "link" || url?.kind !== Kind.STRING) return false;
  return ENFORCED.some((each) => url.value.startsWith(`https://specs.apollo.dev/${each}/`));
}

function withoutPurpose(node: DirectiveNode): DirectiveNode {
  const { arguments: args = [] } = node;
  return { ...node, arguments: args.filter(({ name }) => name.value !== "for") };
}
