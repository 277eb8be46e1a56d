// Counts the answers of an HTTP server by route and class of status. Routes are those that the code
// declares; whatever else a client asks for is one.
import type { FastifyInstance } from "fastify";
import { counter } from "#kit/telemetry/metrics";

const responses = counter(
  "http_responses_total",
  "Answers by the declared route, and by status class such as 2xx; unknown addresses are one.",
  ["route", "status"],
);

export function countResponses(app: FastifyInstance): void {
  app.addHook("onResponse", (request, { statusCode }, done) => {
    const route = request.is404 ? "other" : (request.routeOptions.url ?? "other");
    responses.inc({ route, status: `${Math.floor(statusCode / 100)}xx` });
    done();
  });
}
