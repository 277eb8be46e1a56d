// Requests in flight to subgraphs. Equal reads of one identity that are in flight together are one
// request. Each caller waits for it until its own deadline; the last deadline aborts it.
import { setTimeout as delay } from "node:timers/promises";
import { counter } from "#kit/telemetry/metrics";
import { deadlineExceeded } from "./answer.ts";
import type { Deadline } from "./deadline.ts";
import type { Exchange, RawAnswer } from "./pool.ts";

/** A request in flight. */
export interface Flight {
  /** Resolves with its answer; rejects with `DEADLINE_EXCEEDED` when the deadline comes first. */
  wait(deadline: Deadline): Promise<RawAnswer>;
}

export interface Flights {
  /** The flight of an equal read with this identity token, or a new one. */
  join(token: string, key: string, send: () => Exchange): Flight;
  /**
   * No later read joins a flight with this token, or with null any flight: it may read older data
   * than its caller has seen.
   */
  forget(token: string | null): void;
}

const joined = counter(
  "router_joined_requests_total",
  "Reads from subgraphs that were answered by an equal one in flight.",
);

const RETRY_AFTER_MS = 50;
const CONNECTION_ERRORS = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];

export function createFlights(): Flights {
  const byToken = new Map<string, Map<string, Flight>>();
  return {
    join(token, key, send) {
      const flights = byToken.get(token) ?? new Map<string, Flight>();
      byToken.set(token, flights);
      const known = flights.get(key);
      if (known) {
        joined.inc();
        return known;
      }
      const flight = beginFlight(send, {
        isRepeatable: true,
        onEnd() {
          if (flights.get(key) === flight) flights.delete(key);
          if (flights.size === 0 && byToken.get(token) === flights) byToken.delete(token);
        },
      });
      flights.set(key, flight);
      return flight;
    },
    forget(token) {
      if (token === null) byToken.clear();
      else byToken.delete(token);
    },
  };
}

/** Sends a request. If the connection fails, a repeatable one is sent once more. */
export function beginFlight(
  send: () => Exchange,
  { isRepeatable, onEnd }: { readonly isRepeatable: boolean; onEnd(): void },
): Flight {
  let exchange = send();
  let waiting = 0;
  const answer = exchange.answer.catch(async (error: unknown) => {
    if (!isRepeatable || !isConnectionError(error)) throw error;
    await delay(RETRY_AFTER_MS);
    if (waiting === 0) throw error;
    exchange = send();
    return exchange.answer;
  });
  answer.then(onEnd, onEnd);
  return {
    wait(deadline) {
      waiting += 1;
      return new Promise((resolve, reject) => {
        const cancel = deadline.whenOver(() => {
          waiting -= 1;
          if (waiting === 0) {
            onEnd();
            exchange.abort();
          }
          reject(deadlineExceeded());
        });
        answer.then(resolve, reject).finally(cancel);
      });
    },
  };
}

function isConnectionError(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && CONNECTION_ERRORS.includes(code);
}
