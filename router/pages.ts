// Pages to explore the graph in a browser: Apollo Sandbox at /sandbox, from Apollo's servers, and
// ruru at /graphiql, from this machine. Their content policies allow only what each needs. Not in
// production.
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { ruruHTML } from "ruru/server";
import { getStaticFile } from "ruru/static";

const APOLLO = "https://*.apollographql.com";
const STATIC_PATH = "/graphiql/static/";
const SANDBOX_SCRIPT =
  "https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js";

/** Adds the pages. Both use `/graphql` at their own origin. */
export function servePages(app: FastifyInstance): void {
  servePage(app, "/sandbox", sandbox, {
    "script-src": APOLLO,
    "frame-src": APOLLO,
    "connect-src": `'self' ws: wss: ${APOLLO}`,
    "img-src": `data: ${APOLLO}`,
  });
  servePage(app, "/graphiql", graphiql, {
    "script-src": "'self'",
    "worker-src": "'self'",
    "connect-src": "'self' ws: wss:",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
  });
  app.get(`${STATIC_PATH}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: STATIC_PATH,
      urlPath: request.url,
      acceptEncoding: request.headers["accept-encoding"],
      disallowDevAssets: true,
    });
    return file ? reply.headers(file.headers).send(file.content) : reply.callNotFound();
  });
}

/** Serves a page that may load these sources, and its own inline scripts and styles. */
function servePage(
  app: FastifyInstance,
  path: string,
  html: string,
  sources: Readonly<Record<"script-src", string> & Record<string, string>>,
): void {
  const scripts = [...html.matchAll(/<script(?: type="module")?>(.*?)<\/script>/gs)].map(
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const directives = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    ...sources,
    "script-src": [sources["script-src"], ...scripts].join(" "),
  };
  const policy = Object.entries(directives).map((each) => each.join(" "));
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "referrer-policy": "no-referrer",
  };
  app.get(path, (_request, reply) => reply.headers(headers).send(html));
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
  const script = document.createElement("script");
  script.src = "${SANDBOX_SCRIPT}";
  script.onload = open;
  script.onerror = offline;
  document.head.append(script);
</script>
</body>
</html>
`;
