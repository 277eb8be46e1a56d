// Pages for people who explore the graph in a browser: Apollo Sandbox at /sandbox, from Apollo's
// servers, and ruru at /graphiql, from this machine. Not served in production.
import type { FastifyInstance } from "fastify";
import { ruruHTML } from "ruru/server";
import { getStaticFile } from "ruru/static";

const STATIC_PATH = "/graphiql/static/";
const SANDBOX_SCRIPT =
  "https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js";

/** Adds the pages; both use `/graphql` of the address under which they were opened. */
export function servePages(door: FastifyInstance): void {
  door.get("/sandbox", (_request, reply) => reply.type("text/html; charset=utf-8").send(sandbox));
  door.get("/graphiql", (_request, reply) => reply.type("text/html; charset=utf-8").send(graphiql));
  door.get(`${STATIC_PATH}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: STATIC_PATH,
      urlPath: request.url,
      acceptEncoding: request.headers["accept-encoding"],
      disallowDevAssets: true,
    });
    return file ? reply.headers(file.headers).send(file.content) : reply.callNotFound();
  });
}

const graphiql = ruruHTML({
  staticPath: STATIC_PATH,
  endpoint: "/graphql",
  subscriptionEndpoint: "/graphql",
});

const sandbox = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sandbox</title>
<style>
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
  #sandbox { position: absolute; inset: 0; }
  #offline { max-width: 36rem; margin: 20vh auto; padding: 0 1rem; }
</style>
</head>
<body>
<div id="sandbox"></div>
<div id="offline" hidden>
  <h1>Apollo Sandbox is not reachable</h1>
  <p>This page loads Sandbox from Apollo's servers, and your browser cannot reach them.
  <a href="/graphiql">GraphiQL</a> does the same work and comes from this machine.</p>
</div>
<script>
  function offline() {
    document.getElementById("sandbox").remove();
    document.getElementById("offline").hidden = false;
  }
  function open() {
    new window.EmbeddedSandbox({
      target: "#sandbox",
      initialEndpoint: new URL("/graphql", location.href).href,
      initialSubscriptionEndpoint: new URL("/graphql", location.href).href.replace(/^http/, "ws"),
    });
  }
</script>
<script src="${SANDBOX_SCRIPT}" onload="open()" onerror="offline()"></script>
</body>
</html>
`;
