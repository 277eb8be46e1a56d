// Parsed documents of other libraries as operations of this client: ours by id, others by text. It
// is exported as @meetinity/client/ids.
import { type DocumentNode, Kind, type OperationDefinitionNode, print } from "graphql";
import { documentIds } from "./generated/document-ids.ts";
import type { Operation } from "./operation.ts";

/** The parts of a document that sending it needs. */
export interface SentDocument {
  readonly operation: Operation<Readonly<Record<string, unknown>>, object>;
  readonly definition: OperationDefinitionNode;
}

const known = new WeakMap<DocumentNode, SentDocument>();

/** The id of a document if it is ours, with `__typename` as Apollo Client and urql add it. */
export function idOf(document: DocumentNode): string | null {
  return sentDocument(document).operation.id || null;
}

/** Throws unless the document has exactly one operation. */
export function sentDocument(document: DocumentNode): SentDocument {
  const sent = known.get(document) ?? readDocument(document);
  known.set(document, sent);
  return sent;
}

function readDocument(document: DocumentNode): SentDocument {
  const [definition, ...others] = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node] : [],
  );
  if (!definition || others.length > 0)
    throw new Error(`A document must have one operation; this one has ${others.length + 1}.`);
  const name = definition.name?.value ?? "";
  const text = print(sorted(document));
  const [id, checksum] = (Object.hasOwn(documentIds, name) && documentIds[name]) || [""];
  // Another document may have the name of one of ours.
  const isOurs = checksum === checksumOf(text);
  const operation = { id: isOurs ? id : "", name, type: definition.operation };
  return { definition, operation: isOurs ? operation : { ...operation, text } };
}

/** Operations first, then fragments by name, as our manifest has them. */
function sorted({ definitions, ...rest }: DocumentNode): DocumentNode {
  const nameOf = (node: DocumentNode["definitions"][number]) =>
    node.kind === Kind.FRAGMENT_DEFINITION ? node.name.value : "";
  const byName = [...definitions].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return { ...rest, definitions: byName };
}

/** The generator has the same function: schema/client-documents.ts. */
function checksumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}
