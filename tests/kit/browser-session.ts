// The requests of a browser to the router's session path, and the cookies that it keeps. A test
// may leave out or change any header, as another site or another client would.
import { operation } from "../../schema/operations.ts";

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The whole body. */
  readonly text: string;
  readonly data: Record<string, Record<string, unknown>> | undefined;
  /** The code of the first error. */
  readonly code: string | undefined;
}

export interface BrowserRequest {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Other headers than those of a page of our own; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly method?: string;
  readonly path?: string;
  /** Another body than the operation. */
  readonly body?: string | null;
}

export interface BrowserSession {
  /** The value of the session's cookie, null without one. Tabs of one browser share it. */
  cookie: string | null;
  /** The value of the device's cookie, null without one. */
  device: string | null;
  /** The value of the cookie of an attempt to sign in by mail, null without one. */
  attempt: string | null;
  send(request: BrowserRequest): Promise<BrowserAnswer>;
  signIn(person: { readonly email: string; readonly password: string }): Promise<BrowserAnswer>;
  refresh(variables?: Readonly<Record<string, unknown>>): Promise<BrowserAnswer>;
}

/** A browser at the router whose `/graphql` this is. */
export function openBrowser(graphqlUrl: string, origin = originOf(graphqlUrl)): BrowserSession {
  const browser: BrowserSession = {
    cookie: null,
    device: null,
    attempt: null,
    async send({ query, variables = {}, headers = {}, method = "POST", ...request }) {
      const { path = "/session", body = JSON.stringify({ query, variables }) } = request;
      const all = {
        origin,
        "sec-fetch-site": "same-origin",
        ...(method === "POST" && { "content-type": "application/json" }),
        ...cookieHeader(browser),
        ...headers,
      };
      const response = await fetch(new URL(path, graphqlUrl), {
        method,
        headers: Object.entries(all).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, value]],
        ),
        ...(method === "POST" && { body }),
      });
      for (const set of response.headers.getSetCookie()) {
        const [, name, value] = /^meetinity_(session|device|attempt)=([^;]*)/.exec(set) ?? [];
        if (name === "session") browser.cookie = value || null;
        if (name === "device") browser.device = value || null;
        if (name === "attempt") browser.attempt = value || null;
      }
      return answerOf(response, await response.text());
    },
    signIn: ({ email, password }) =>
      browser.send({ query: operation("SignIn"), variables: { input: { email, password } } }),
    refresh: (variables = { input: {} }) =>
      browser.send({ query: operation("RefreshSession"), variables }),
  };
  return browser;
}

function cookieHeader({ cookie, device, attempt }: BrowserSession): { readonly cookie?: string } {
  const pairs = [
    ...(cookie === null ? [] : [`meetinity_session=${cookie}`]),
    ...(device === null ? [] : [`meetinity_device=${device}`]),
    ...(attempt === null ? [] : [`meetinity_attempt=${attempt}`]),
  ];
  return pairs.length > 0 ? { cookie: pairs.join("; ") } : {};
}

function originOf(graphqlUrl: string): string {
  return `http://localhost:${new URL(graphqlUrl).port}`;
}

function answerOf(response: Response, text: string): BrowserAnswer {
  const { status, headers } = response;
  const { data, errors } = text ? JSON.parse(text) : { data: undefined, errors: undefined };
  return { status, headers, text, data, code: errors?.[0]?.extensions?.code };
}
