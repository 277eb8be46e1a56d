// The requests of a browser to the router's session path, and the cookie that it keeps. A test may
// leave out or change any header, as another site or another client would.
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
  /** The cookie's value, null without one. Tabs of one browser share it. */
  cookie: string | null;
  send(request: BrowserRequest): Promise<BrowserAnswer>;
  signIn(person: { readonly email: string; readonly password: string }): Promise<BrowserAnswer>;
  refresh(variables?: Readonly<Record<string, unknown>>): Promise<BrowserAnswer>;
}

/** A browser at the router whose `/graphql` this is. */
export function openBrowser(graphqlUrl: string, origin = originOf(graphqlUrl)): BrowserSession {
  const browser: BrowserSession = {
    cookie: null,
    async send({ query, variables = {}, headers = {}, method = "POST", ...request }) {
      const { path = "/session", body = JSON.stringify({ query, variables }) } = request;
      const all = {
        origin,
        "sec-fetch-site": "same-origin",
        ...(method === "POST" && { "content-type": "application/json" }),
        ...(browser.cookie !== null && { cookie: `meetinity_session=${browser.cookie}` }),
        ...headers,
      };
      const response = await fetch(new URL(path, graphqlUrl), {
        method,
        headers: Object.entries(all).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, value]],
        ),
        ...(method === "POST" && { body }),
      });
      const [set] = response.headers.getSetCookie();
      const value = /^meetinity_session=([^;]*)/.exec(set ?? "")?.[1];
      if (value !== undefined) browser.cookie = value || null;
      return answerOf(response, await response.text());
    },
    signIn: ({ email, password }) =>
      browser.send({ query: operation("SignIn"), variables: { input: { email, password } } }),
    refresh: (variables = { input: {} }) =>
      browser.send({ query: operation("RefreshSession"), variables }),
  };
  return browser;
}

function originOf(graphqlUrl: string): string {
  return `http://localhost:${new URL(graphqlUrl).port}`;
}

function answerOf(response: Response, text: string): BrowserAnswer {
  const { status, headers } = response;
  const { data, errors } = text ? JSON.parse(text) : { data: undefined, errors: undefined };
  return { status, headers, text, data, code: errors?.[0]?.extensions?.code };
}
