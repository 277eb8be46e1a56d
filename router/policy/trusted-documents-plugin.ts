// The plugin of Apollo Server that applies trusted documents to both transports, before a document
// is parsed. It logs and counts unknown documents.
import type { ApolloServerPlugin } from "@apollo/server";
import type { Log } from "#kit/service/logger";
import { withHttpStatus } from "../errors/errors.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Documents, DocumentVerdict } from "./trusted-documents.ts";

/** Distinct unknown documents that are logged in an hour. All are counted. */
const LOGGED_MAX = 100;
const LOG_AGAIN_MS = 60 * 60 * 1_000;
const NAME_LENGTH_MAX = 100;

/** In mode `off` the plugin does nothing. */
export function trustDocuments(
  documents: Documents,
  { metrics, log }: { readonly metrics: Metrics; readonly log: Log },
): ApolloServerPlugin {
  if (documents.mode === "off") return {};
  const logUnknown = createUnknownLog(log);
  return {
    async requestDidStart() {
      let verdict: DocumentVerdict = { kind: "unknown" };
      return {
        async didResolveSource({ source: text, queryHash: hash, request }) {
          verdict = documents.judge({ text, hash, isById: request.query === undefined });
          if (verdict.kind !== "refused") return;
          metrics.document("refused");
          throw withHttpStatus(verdict.error);
        },
        async didEncounterErrors({ errors }) {
          const isMissing = errors.some(
            ({ extensions }) => extensions.code === "PERSISTED_QUERY_NOT_FOUND",
          );
          if (isMissing) metrics.document("missing");
        },
        async executionDidStart({ queryHash, operationName }) {
          metrics.document(verdict.kind === "trusted" ? "trusted" : "unknown");
          if (verdict.kind === "unknown") logUnknown(queryHash, operationName);
        },
      };
    },
  };
}

/** Logs a document once an hour, by name and hash. Clients choose how many, hence the maximum. */
function createUnknownLog(log: Log): (hash: string, operationName: string | null) => void {
  const logged = new Set<string>();
  let since = 0;
  return (hash, operationName) => {
    const now = Date.now();
    if (now - since >= LOG_AGAIN_MS) {
      logged.clear();
      since = now;
    }
    if (logged.has(hash) || logged.size >= LOGGED_MAX) return;
    logged.add(hash);
    const name = operationName?.slice(0, NAME_LENGTH_MAX);
    log.info({ operationName: name, hash }, "an unknown document was run");
  };
}
