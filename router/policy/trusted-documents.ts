// Which documents may run: those of a manifest, by id or by text, or any, as one setting says; and
// what Apollo Server keeps for those who ask by id. What a document may ask for is judged
// elsewhere, whether it is trusted or not.
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLError,
  Kind,
  parse,
  print,
} from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";
import type { Limits } from "../limits/limits.ts";
import type { Manifest } from "./manifest.ts";

/**
 * `off`: any document runs. `audit`: too, and unknown ones are told of. `safelist`: a document of
 * the manifest, by id or by text. `only`: by id alone.
 */
export const DOCUMENT_MODES = ["off", "audit", "safelist", "only"] as const;
export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** A document as it was asked for. */
export interface Asked {
  readonly text: string;
  /** SHA-256 of the text, or the id by which it was asked for. */
  readonly hash: string;
  /** The text was not sent: it was found by its id. */
  readonly isById: boolean;
}

export type Standing =
  | { readonly kind: "trusted" | "unknown" }
  | { readonly kind: "refused"; readonly error: GraphQLError };

/** As Apollo Server wants it; nothing here waits. */
interface TextsById {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface Documents {
  readonly mode: DocumentMode;
  /** For Apollo Server; false where nothing can be asked for by id. */
  readonly persistedQueries: { readonly cache: TextsById } | false;
  /** Whether a document may run, as far as that depends on who wrote it. */
  judge(asked: Asked): Standing;
}

/** Texts of automatic persisted queries that are kept, in characters. */
const AUTOMATIC_LENGTH_MAX = 10 * 1024 * 1024;
const JUDGED_MAX = 10_000;
/** Apollo Server puts this before every id. */
const KEY_PREFIX = /^apq:/;

/**
 * Documents under a mode; `manifest` is empty when it is `off`. What clients register by themselves
 * (automatic persisted queries) is kept where any document runs, and never in production.
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
    persistedQueries:
      mode === "off" && !isAutomatic ? false : { cache: textsById(manifest, isAutomatic) },
    judge(asked) {
      if (mode === "off") return { kind: "trusted" };
      if (mode === "only" && !asked.isById) return refused(idRequired());
      if ((asked.isById && manifest.has(asked.hash)) || isKnown(asked)) return { kind: "trusted" };
      return mode === "audit" ? { kind: "unknown" } : refused(notInSafelist());
    },
  };
}

function textsById(manifest: Manifest, isAutomatic: boolean): TextsById {
  const registered = new LRUCache<string, string>({
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

/** Whether a text is one of the manifest's, however it is laid out; each text is read once. */
function createSafelist(manifest: Manifest, maxTokens: number): (asked: Asked) => boolean {
  const texts = new Set([...manifest.values()].map(({ document }) => normalized(document)));
  const judged = new LRUCache<string, boolean>({ max: JUDGED_MAX });
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
 * The text as Apollo's router compares it: printed anew, so that spaces, commas and comments do not
 * matter, operations and fragments each in the order of their names. The order of fields matters.
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

function refused(error: GraphQLError): Standing {
  return { kind: "refused", error };
}

function idRequired(): GraphQLError {
  return fail(
    "PERSISTED_QUERY_ID_REQUIRED",
    "Documents are not taken here: ask for a registered one by its id, in `extensions.persistedQuery`.",
  );
}

function notInSafelist(): GraphQLError {
  return fail(
    "QUERY_NOT_IN_SAFELIST",
    "The document is not registered here: ask for one that is, by its id or its text.",
  );
}
