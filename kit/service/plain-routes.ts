// Plain HTTP of a subgraph, beside `/graphql`. A feature declares a route; composition puts it into
// schema/routes.json, by which alone the router forwards requests.
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestContext } from "#kit/service/request";

/** The part of a route that the router must know. */
export interface RouteDeclaration {
  /** Nobody reads the body of a POST. */
  readonly method: "GET" | "POST";
  /** Below the subgraph's name; segments with a colon are parameters. */
  readonly path: `/${string}`;
  /** `anybody`: the route itself decides, by a token of its own. */
  readonly who: "anybody" | "viewer";
  /** The parameters of the query that are forwarded. */
  readonly query: readonly string[];
  /** The most bytes of an answer. */
  readonly bytesMax: number;
  /** The most time for a whole answer, in ms. */
  readonly timeMs: number;
}

export interface PlainRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export interface PlainAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Read only as fast as the client reads. */
  readonly chunks: AsyncIterable<string>;
}

export interface PlainRoute<Context> extends RouteDeclaration {
  /** Throws an error of the closed list when there is nothing to answer with. */
  answer(context: Context, request: PlainRequest): Promise<PlainAnswer>;
}

/** Adds the routes of a subgraph below its name. */
export function servePlainRoutes<Context extends RequestContext>(
  app: FastifyInstance,
  name: string,
  routes: readonly PlainRoute<Context>[],
  contextOf: (request: FastifyRequest) => Promise<Context>,
): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: `/${name}${route.path}`,
      exposeHeadRoute: false,
      async handler(request, reply): Promise<FastifyReply> {
        const context = await contextOf(request);
        const { headers, chunks } = await route.answer(context, {
          parameters: stringsOf(request.params),
          query: stringsOf(request.query),
        });
        return reply.headers(headers).send(Readable.from(chunks));
      },
    });
  }
}

/** Repeated parameters are left out: they would be two answers to one question. */
function stringsOf(given: unknown): Record<string, string> {
  const entries = Object.entries(typeof given === "object" && given !== null ? given : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
