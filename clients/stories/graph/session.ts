// The viewer of a story: their session, and themselves in the graph.
import type { Graph, ViewerAnswer } from "./answers.ts";

type Root = Readonly<Record<string, unknown>>;

/** All answers to queries or mutations. */
export function rootOf(kind: "query" | "mutation" | "subscription", graph: Graph): Root {
  const viewer = graph.viewer === undefined ? { id: "ada" } : graph.viewer;
  if (kind === "mutation") return { refreshSession: sessionOf(viewer), ...graph.Mutation };
  return { ...graph.Query, me: viewer && meOf(viewer, graph.Query?.me) };
}

/** Screens read the positions of their own streams first. */
function meOf({ id }: ViewerAnswer, me: unknown): unknown {
  return typeof me === "function" ? me : { id, registrationsSeq: 0, inboxSeq: 0, ...(me ?? {}) };
}

function sessionOf(viewer: ViewerAnswer | null): object {
  if (viewer === null) {
    return { __typename: "InvalidRefreshTokenProblem", reason: "Nobody is signed in." };
  }
  return {
    __typename: "RefreshSessionSuccess",
    accessToken: "token",
    refreshToken: "",
    expiresAt: "2100-01-01T00:00:00.000Z",
    expiresIn: 86_400,
    viewer: { isEmailVerified: true, ...viewer },
  };
}
