// The page at `/`: every address of this router, for the people who run it. In production `/` leads
// to the first app, because people type the name alone; without an app there is nothing.
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

interface StartPageOptions {
  readonly isProduction: boolean;
  /** The paths of the apps. */
  readonly mounts: readonly string[];
  readonly graphqlPath: string;
  readonly hasMailbox: boolean;
  /** Whether the admin port has the page of traces and graphs. */
  readonly isObserved: boolean;
  /** The origin at which people are, once the router listens. */
  publicUrl(): string;
  /** Of metrics; undefined until the router listens. */
  adminUrl(): string | undefined;
}

export function serveStartPage(app: FastifyInstance, options: StartPageOptions): void {
  const [first] = options.mounts;
  if (!options.isProduction) {
    app.get("/", (_request, reply) => reply.headers(HEADERS).send(page(addressesOf(options))));
  } else if (first !== undefined) {
    app.get("/", (_request, reply) => reply.redirect(`${first}/`));
  }
}

type Address = readonly [url: string, what: string];

function addressesOf(options: StartPageOptions): Address[] {
  const { mounts, graphqlPath, hasMailbox, isObserved, publicUrl, adminUrl } = options;
  const url = (path: string) => new URL(path, publicUrl()).href;
  const admin = adminUrl();
  return [
    ...mounts.map((path): Address => [url(`${path}/`), `the app ${path.slice(1)}`]),
    ...(hasMailbox ? [[url("/mailbox"), "the mails that were sent here"] as const] : []),
    [url("/sandbox"), "Apollo Sandbox, from Apollo's servers"],
    [url("/graphiql"), "GraphiQL, from this machine"],
    [url(graphqlPath), "the graph, by POST"],
    [url(graphqlPath).replace(/^http/, "ws"), "the graph, by WebSocket (graphql-transport-ws)"],
    [url("/livez"), "whether the router runs"],
    [url("/readyz"), "whether the graph answers"],
    [url("/.well-known/jwks.json"), "the public keys of access tokens"],
    ...(admin === undefined ? [] : [[new URL("/metrics", admin).href, "metrics"] as const]),
    ...(admin === undefined || !isObserved
      ? []
      : [[new URL("/observe/", admin).href, "the latest traces, and graphs"] as const]),
  ];
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 10vh auto; padding: 0 1rem; }
dt { margin-top: 1rem; overflow-wrap: anywhere; }
dd { margin: 0; opacity: 0.75; }
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY.join("; "),
  "referrer-policy": "no-referrer",
};

function page(addresses: readonly Address[]): string {
  const entries = addresses.map(([url, what]) => {
    const shown = escaped(url);
    const link = url.startsWith("http") ? `<a href="${shown}">${shown}</a>` : shown;
    return `<dt>${link}</dt>\n<dd>${escaped(what)}</dd>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meetinity on this machine</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Meetinity</h1>
<p>All addresses of this router. In production this page is not there.</p>
<dl>
${entries.join("\n")}
</dl>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
