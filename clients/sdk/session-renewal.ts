// One exchange of the refresh token for new tokens. It neither locks nor changes the state of the
// session.
import { RefreshSession, SignOut } from "./generated/operations.ts";
import { dataOf } from "./http.ts";
import type { LastViewer } from "./last-viewer.ts";
import { hasTokens, type SessionOptions, type Tokens } from "./session-options.ts";

/** There are no tokens; with `hasEnded`, because the server has ended the session. */
export interface NoTokens {
  readonly hasEnded: boolean;
}

const NONE: NoTokens = { hasEnded: false };

/** Rejects without an answer. A person who has signed out without a network is signed out now. */
export async function renewal(
  options: Pick<SessionOptions, "http" | "refreshTokens">,
  lastViewer: LastViewer | null,
): Promise<Tokens | NoTokens> {
  const { refreshTokens } = options;
  const isLeaving = (await lastViewer?.read()) === "leaving";
  const input = await refreshTokens.read();
  if (input === null) {
    await lastViewer?.write(null);
    return NONE;
  }
  const { refreshSession } = dataOf(await refreshTokens.http.post(RefreshSession, { input }));
  if (isLeaving) {
    if (hasTokens(refreshSession)) {
      dataOf(await options.http.post(SignOut, {}, refreshSession.accessToken));
    }
    await refreshTokens.write(null);
    await lastViewer?.write(null);
    return NONE;
  }
  if (hasTokens(refreshSession)) return refreshSession;
  // A cookie that cannot be deleted now is refused the next time as well.
  await refreshTokens.write(null).catch(() => {});
  await lastViewer?.write(null);
  return { hasEnded: true };
}
