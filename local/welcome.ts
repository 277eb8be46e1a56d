// The texts of `npm start`: progress with times, and the first steps when everything runs.

/** The first query of the README. It needs no sign-in. */
const FIRST_QUERY = "{ events(first: 3) { edges { node { title startsAt } } } }";
const DEMO_ACCOUNTS = ["ada@meetinity.test", "grace@meetinity.test"];
const DEMO_PASSWORD = "correct horse battery staple";

/** `   1.2 s  message`, with the time since the start. */
export function progressLine(elapsedMs: number, message: string): string {
  return `${seconds(elapsedMs).padStart(8)}  ${message}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

export interface Welcome {
  /** The router's `/graphql`. */
  readonly graphqlUrl: string;
  /** Where people are; null if no apps are served. */
  readonly appsUrl: string | null;
  readonly dataDir: string;
  readonly elapsedMs: number;
  readonly hasDemo: boolean;
  readonly isProduction: boolean;
  /** Whether SMTP_URL names a mail server. */
  readonly hasMailServer: boolean;
}

export function welcome(facts: Welcome): string {
  const { graphqlUrl } = facts;
  const accounts = `  Sign in as ${DEMO_ACCOUNTS.join(" or ")}, password: ${DEMO_PASSWORD}`;
  const ides = [
    `  Explore    ${new URL("/sandbox", graphqlUrl)}  (Apollo Sandbox)`,
    `             ${new URL("/graphiql", graphqlUrl)}  (bundled, works offline)`,
  ];
  const lines = [
    `Meetinity is ready at ${graphqlUrl}`,
    `  Started in ${seconds(facts.elapsedMs)}. Data and logs: ${facts.dataDir}. Ctrl-C stops everything.`,
    ...appLines(facts),
    ...(facts.hasDemo ? [accounts] : []),
    ...(facts.isProduction ? [] : ides),
    ...mailLines(facts),
    "  First query:",
    `    curl ${graphqlUrl} -H 'content-type: application/json' \\`,
    `      -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
  ];
  return `\n${lines.join("\n")}\n`;
}

function appLines({ appsUrl }: Welcome): string[] {
  if (appsUrl === null) return [];
  const url = (path: string) => new URL(path, appsUrl).href;
  return [
    `  The app    ${url("/app/")}`,
    `  The portal ${url("/admin/")}  (for organizers, moderators and admins)`,
  ];
}

/** Where mails go, unless they go to people. */
function mailLines({ graphqlUrl, isProduction, hasMailServer }: Welcome): string[] {
  if (hasMailServer) return [];
  if (isProduction) return ["  No mail is sent, mails wait: set SMTP_URL (docs/guides/mail.md)."];
  return [`  Mails      ${new URL("/mailbox", graphqlUrl)}`];
}

/** Replaces the address of all interfaces, so that a browser on this machine can open the URL. */
export function reachable(url: string): string {
  const address = new URL(url);
  if (address.hostname === "0.0.0.0" || address.hostname === "[::]") address.hostname = "127.0.0.1";
  return address.href;
}

/** Where people open apps. Browsers allow passkeys at `localhost`, and not at 127.0.0.1. */
export function publicUrlOf(graphqlUrl: string, publicUrl: string | undefined): string {
  const address = new URL("/", publicUrl ?? graphqlUrl);
  if (publicUrl === undefined && address.hostname === "127.0.0.1") address.hostname = "localhost";
  return address.href;
}
