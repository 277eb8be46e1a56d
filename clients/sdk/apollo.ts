// The exports of @meetinity/client/apollo, for apps on Apollo Client 4 or 3.14. Parsed documents
// are in @meetinity/client/documents.
export { type ApolloLinkOptions, createApolloLink } from "./apollo-link.ts";
export { typePolicies } from "./apollo-policies.ts";
export { possibleTypes } from "./generated/graph.ts";
