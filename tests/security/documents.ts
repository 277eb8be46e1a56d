// Requests of the tests of trusted documents: by id or by text, over both transports, which must
// give the same answer. Also a manifest with our operations and some that no team should register.
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { type ManifestOperation, manifestOf } from "../../schema/manifest.ts";
import { operation } from "../../schema/operations.ts";
import { connect } from "../kit/socket.ts";

const EXTRA = [
  "query Kinds { __schema { queryType { name } } }",
  `query Costly {
    events(first: 100) { edges { node { attendees(first: 100) { edges { node { id } } } } } } }`,
  "query Outdated { nothing }",
];
export const MANIFEST = manifestOf([
  ...["Me", "FindEvents", "UpdateProfile", "ViewerRegistrationUpdated"].map(operation),
  ...EXTRA,
]);

export function listed(name: string): ManifestOperation {
  const found = MANIFEST.operations.find((each) => each.name === name);
  if (!found) throw new Error(`the manifest has no ${name}`);
  return found;
}

export const byId = (sha256Hash: unknown) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});
export const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

export type RequestBody = Readonly<Record<string, unknown>>;

export async function post(
  url: string,
  request: RequestBody,
  token: string,
): Promise<Answer & { readonly status: number }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, ...((await response.json()) as Answer) };
}

/** The first answer to an operation over WebSocket: only errors, or the payload of an event. */
export async function overSocket(
  url: string,
  payload: RequestBody,
  token: string,
): Promise<Answer> {
  const socket = await connect({ url, as: token });
  socket.send({ id: "1", type: "subscribe", payload });
  const frame = await socket.next("1");
  socket.close();
  return frame.type === "error" ? { errors: frame.payload as [] } : (frame.payload as Answer);
}

/** The answer, which must be the same over both transports, and the status over HTTP. */
export async function answer(url: string, request: RequestBody, token: string) {
  const { status, ...posted } = await post(url, request, token);
  expect(await overSocket(url, request, token)).toEqual(withoutTrace(posted));
  return { status, ...posted };
}

/** An answer without its trace ids. */
function withoutTrace({ data, errors }: Answer): Answer {
  const untraced = errors?.map(({ extensions: { traceId, ...facts }, ...error }) => ({
    ...error,
    extensions: { ...facts, ...(traceId !== undefined && { traceId: expect.any(String) }) },
  }));
  return { ...(data !== undefined && { data }), ...(untraced && { errors: untraced }) };
}

export const refusal = (code: string, message: string) => ({
  errors: [{ message, extensions: { code, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) } }],
});
export const NOT_FOUND = {
  status: 200,
  ...refusal("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"),
};
export const NOT_LISTED = {
  status: 400,
  ...refusal(
    "QUERY_NOT_IN_SAFELIST",
    "The document is not registered: send a registered one, by its id or its text.",
  ),
};
export const ID_REQUIRED = {
  status: 400,
  ...refusal(
    "PERSISTED_QUERY_ID_REQUIRED",
    "Only registered documents run here, by id: send the id in `extensions.persistedQuery`.",
  ),
};
