// A terminating link of Apollo Client over a client of this package: its session, its documents by
// id, and its one socket. It takes whichever of Apollo Client 3.14 and 4 the app has installed.
import { ApolloLink, Observable } from "@apollo/client/core";
import { positionsFor, rootFieldOf } from "./apollo-positions.ts";
import type { Client } from "./client.ts";
import { GraphError, NetworkError, type RawError, resyncError } from "./errors.ts";
import { newAbort } from "./platform.ts";
import type { RequestOptions } from "./requests.ts";
import { type SentDocument, sentDocument } from "./sent-documents.ts";

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly RawError[];
}

/** The subscriber of a library's observable. */
interface Observer {
  next(answer: Answer): void;
  error(error: unknown): void;
  complete(): void;
}

export interface ApolloLinkOptions {
  /** Of the manifest of the app's own documents: they go by id too. */
  readonly operations?: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Errors of the graph reach callers as errors of GraphQL with their codes. Without an answer the
 * error is a `NetworkError`. A subscription whose events are lost ends with `RESYNC_REQUIRED`: read
 * the state again, then subscribe again behind it.
 */
export function createApolloLink(
  client: Pick<Client, "transport">,
  { operations = [] }: ApolloLinkOptions = {},
): ApolloLink {
  const ids = new Map(operations.map(({ name, id }) => [name, id]));
  return new ApolloLink((operation) => {
    const document = byId(sentDocument(operation.query), ids);
    const { variables } = operation;
    return new Observable((observer) =>
      document.operation.type === "subscription"
        ? subscribe(client, document, variables, observer)
        : request(client, document, variables, optionsOf(operation.getContext()), observer),
    );
  });
}

/** A document that is not ours, with its id if the app has one for its name. */
function byId(document: SentDocument, ids: ReadonlyMap<string, string>): SentDocument {
  const { text, ...operation } = document.operation;
  const id = text === undefined ? undefined : ids.get(operation.name);
  return id === undefined ? document : { ...document, operation: { ...operation, id } };
}

/**
 * Of an operation's context: `isSafeToRepeat`, `viewerId` and `tries`, as of `client.run`, and as
 * for Apollo's own HTTP link `fetchOptions.signal`, which takes the place of the link's own.
 */
function optionsOf(context: Readonly<Record<string, unknown>>): RequestOptions {
  const { isSafeToRepeat, viewerId, tries, fetchOptions } = context;
  const { signal } = (fetchOptions ?? {}) as { readonly signal?: AbortSignal };
  return {
    isSafeToRepeat: isSafeToRepeat === true,
    ...(typeof viewerId === "string" && { viewerId }),
    ...(typeof tries === "number" && { tries }),
    ...(signal && { signal }),
  };
}

function request(
  { transport }: Pick<Client, "transport">,
  { operation }: SentDocument,
  variables: object,
  options: RequestOptions,
  observer: Observer,
): () => void {
  const abort = newAbort();
  transport.request(operation, variables, { signal: abort.signal, ...options }).then(
    (answer) => {
      observer.next(answer);
      observer.complete();
    },
    (error) => observer.error(isAbort(error) ? error.cause : error),
  );
  return () => abort.abort();
}

/** Callers that end a request expect the platform's own error. */
function isAbort(error: unknown): error is NetworkError {
  if (!(error instanceof NetworkError)) return false;
  return error.cause instanceof Error && error.cause.name === "AbortError";
}

function subscribe(
  { transport }: Pick<Client, "transport">,
  { operation, definition }: SentDocument,
  variables: object,
  observer: Observer,
): () => void {
  const field = rootFieldOf(definition);
  // As errors of an answer, so that both versions of Apollo Client make errors of GraphQL of them.
  const fail = ({ errors }: GraphError) => {
    observer.next({ errors });
    observer.complete();
  };
  return transport.open(operation, variables, positionsFor(field, { ...variables }), {
    next: (event, errors) =>
      observer.next({ data: { [field.key]: event }, ...(errors && { errors }) }),
    resync: () => fail(resyncError()),
    error: (error) => (error instanceof GraphError ? fail(error) : observer.error(error)),
    complete: () => observer.complete(),
  });
}
