// A parsed document that knows its types: what Apollo Client, urql and others call a
// TypedDocumentNode.
import type { DocumentNode } from "graphql";

export interface TypedDocument<Data, Variables> extends DocumentNode {
  /** Never there. It carries the types, under the name that all libraries read. */
  readonly __apiType?: (variables: Variables) => Data;
}
