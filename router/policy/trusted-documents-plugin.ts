// Holds every operation of both transports to the documents that are trusted, before it is parsed,
// and tells operators of unknown ones.
import type { ApolloServerPlugin } from "@apollo/server";
import type { Log } from "#kit/service/logger";
import { withHttpStatus } from "../errors/errors.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Documents, Standing } from "./trusted-documents.ts";

/** Distinct unknown documents that are logged in an hour; all are counted. */
const TOLD_MAX = 100;
const TOLD_ANEW_MS = 60 * 60 * 1_000;
const NAME_LENGTH_MAX = 100;

/** A plugin of Apollo Server; with documents that are `off` it does nothing. */
export function trustDocuments(
  documents: Documents,
  { metrics, log }: { readonly metrics: Metrics; readonly log: Log },
): ApolloServerPlugin {
  if (documents.mode === "off") return {};
  const tell = createTeller(log);
  return {
    async requestDidStart() {
      let standing: Standing = { kind: "unknown" };
      return {
        async didResolveSource({ source: text, queryHash: hash, request }) {
          standing = documents.judge({ text, hash, isById: request.query === undefined });
          if (standing.kind !== "refused") return;
          metrics.document("refused");
          throw withHttpStatus(standing.error);
        },
        async didEncounterErrors({ errors }) {
          const isMissing = errors.some(
            ({ extensions }) => extensions.code === "PERSISTED_QUERY_NOT_FOUND",
          );
          if (isMissing) metrics.document("missing");
        },
        async executionDidStart({ queryHash, operationName }) {
          metrics.document(standing.kind === "trusted" ? "trusted" : "unknown");
          if (standing.kind === "unknown") tell(queryHash, operationName);
        },
      };
    },
  };
}

/** Logs a document once an hour, by name and hash, and only so many: their number is a client's. */
function createTeller(log: Log): (hash: string, operationName: string | null) => void {
  const told = new Set<string>();
  let since = 0;
  return (hash, operationName) => {
    const now = Date.now();
    if (now - since >= TOLD_ANEW_MS) {
      told.clear();
      since = now;
    }
    if (told.has(hash) || told.size >= TOLD_MAX) return;
    told.add(hash);
    const name = operationName?.slice(0, NAME_LENGTH_MAX);
    log.info({ operationName: name, hash }, "an unknown document was run");
  };
}
