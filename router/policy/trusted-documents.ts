// Trusted documents: decides by a setting whether a document may run, by id or by text, and has the
// store in which Apollo Server finds documents by id. Authorization and limits apply in any case.
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLError,
  Kind,
  parse,
  print,
} from "graphql";
import { fail } from "#kit/errors";
import { MeasuredCache } from "#kit/telemetry/caches";
import type { Limits } from "../limits/limits.ts";
import type { Manifest } from "./manifest.ts";

/**
 * `off`: any document runs, those of the manifest also by id. `audit`: the same, and unknown ones
 * are logged. `safelist`: only documents of the manifest, by id or by text. `only`: the same, by id
 * alone.
 */
export const DOCUMENT_MODES = ["off", "audit", "safelist", "only"] as const;
export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** The document of a request. */
export interface RequestedDocument {
  readonly text: string;
  /** SHA-256 of the text, or the id in the request. */
  readonly hash: string;
  /** True if the request had an id and no text. */
  readonly isById: boolean;
}

export type DocumentVerdict =
  | { readonly kind: "trusted" | "unknown" }
  | { readonly kind: "refused"; readonly error: GraphQLError };

/** The store that Apollo Server takes. It does no I/O. */
interface TextsById {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface Documents {
  readonly mode: DocumentMode;
  /** For Apollo Server; false if no document has an id. */
  readonly persistedQueries: { readonly cache: TextsById } | false;
  judge(requested: RequestedDocument): DocumentVerdict;
  /** The operation of a document of the manifest, by the id or hash of the document. */
  nameOf(hash: string | undefined): string | null;
}

/** Memory for automatic persisted queries, in characters. */
const AUTOMATIC_LENGTH_MAX = 10 * 1024 * 1024;
const JUDGED_MAX = 10_000;
/** Apollo Server prepends it to every id. */
const KEY_PREFIX = /^apq:/;

/**
 * Automatic persisted queries, which clients register, are kept only if any document may run, and
 * never in production.
 */
export function createDocuments(options: {
  readonly mode: DocumentMode;
  readonly manifest: Manifest;
  readonly isProduction: boolean;
  readonly limits: Pick<Limits, "tokens">;
}): Documents {
  const { mode, manifest, isProduction, limits } = options;
  const isAutomatic = !isProduction && (mode === "off" || mode === "audit");
  const isKnown = createSafelist(manifest, limits.tokens);
  return {
    mode,
    nameOf: (hash = "") => manifest.get(hash)?.name ?? null,
    persistedQueries:
      manifest.size === 0 && !isAutomatic ? false : { cache: textsById(manifest, isAutomatic) },
    judge(requested) {
      if (mode === "off") return { kind: "trusted" };
      if (mode === "only" && !requested.isById) return refused(idRequired());
      if ((requested.isById && manifest.has(requested.hash)) || isKnown(requested))
        return { kind: "trusted" };
      return mode === "audit" ? { kind: "unknown" } : refused(notInSafelist());
    },
  };
}

function textsById(manifest: Manifest, isAutomatic: boolean): TextsById {
  const registered = new MeasuredCache<string, string>("registeredDocuments", {
    maxSize: AUTOMATIC_LENGTH_MAX,
    sizeCalculation: (text) => text.length,
  });
  const idOf = (key: string) => key.replace(KEY_PREFIX, "");
  return {
    get: async (key) => manifest.get(idOf(key))?.text ?? registered.get(idOf(key)),
    async set(key, text) {
      if (isAutomatic) registered.set(idOf(key), text);
    },
    async delete(key) {
      registered.delete(idOf(key));
    },
  };
}

/** Whether a text is in the manifest, in any layout. Each text is parsed once. */
function createSafelist(
  manifest: Manifest,
  maxTokens: number,
): (requested: RequestedDocument) => boolean {
  const texts = new Set([...manifest.values()].map(({ document }) => normalized(document)));
  const judged = new MeasuredCache<string, boolean>("judgedDocuments", { max: JUDGED_MAX });
  const isListed = (text: string) => {
    try {
      return texts.has(normalized(parse(text, { maxTokens, noLocation: true })));
    } catch {
      return false;
    }
  };
  return ({ text, hash }) => {
    const known = judged.get(hash) ?? isListed(text);
    judged.set(hash, known);
    return known;
  };
}

/**
 * The text as Apollo's router compares it: printed again, with operations before fragments, both in
 * the order of their names. Spaces, commas and comments do not matter; the order of fields does.
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries
 */
function normalized({ definitions }: DocumentNode): string {
  const inOrder = [...definitions].sort((one, other) => order(keyOf(one), keyOf(other)));
  return print({ kind: Kind.DOCUMENT, definitions: inOrder });
}

function keyOf(node: DefinitionNode): string {
  const name = "name" in node ? node.name?.value : undefined;
  return `${node.kind === Kind.OPERATION_DEFINITION ? 0 : 1} ${name ?? ""}`;
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function refused(error: GraphQLError): DocumentVerdict {
  return { kind: "refused", error };
}

function idRequired(): GraphQLError {
  return fail(
    "PERSISTED_QUERY_ID_REQUIRED",
    "Only registered documents run here, by id: send the id in `extensions.persistedQuery`.",
  );
}

function notInSafelist(): GraphQLError {
  return fail(
    "QUERY_NOT_IN_SAFELIST",
    "The document is not registered: send a registered one, by its id or its text.",
  );
}
