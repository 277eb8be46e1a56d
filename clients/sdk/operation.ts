// An operation of schema/operations: its id, and the types of its data and variables. The text is
// not part of it: our documents are sent by id.

/** The generated constants are of this type. The ids are those of schema/persisted-queries.json. */
export interface Operation<Data, Variables> {
  readonly id: string;
  readonly name: string;
  readonly type: "query" | "mutation" | "subscription";
  /** Of a document that is not ours: it is sent by its text, and its `id` is empty. */
  readonly text?: string;
  /** Never there. It carries the types. */
  readonly shape?: (variables: Variables) => Data;
}
