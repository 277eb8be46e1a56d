// Pushes to Android by Google's service (FCM, HTTP v1). A service account gets an access token for
// an assertion that its key signs (RS256, RFC 7523).
import { importPKCS8, SignJWT } from "jose";
import { z } from "zod";
import type { Clock } from "#kit/clock";
import { retryAfterMs } from "#kit/outbound/retry-after";
import { type Cached, cachedUntil } from "#kit/push/cached";
import {
  outcomeOf,
  type Push,
  type PushOutcome,
  type PushSender,
  secondsToLive,
} from "#kit/push/push";

/** The JSON file of a service account. */
export const fcmAccount = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  token_uri: z.url(),
});

interface Options {
  readonly account: z.output<typeof fcmAccount>;
  /** Its origin. */
  readonly url: string;
  readonly clock: Clock;
}

const SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const TIMEOUT_MS = 15_000;
const SECOND_MS = 1_000;
const ASSERTION_SECONDS = 3_600;
/** A token is replaced so long before it ends. */
const AHEAD_SECONDS = 60;

export function createFcm({ account, url, clock }: Options): PushSender {
  const tokens = cachedUntil(() => accessToken(account, clock()), clock);
  const path = `/v1/projects/${encodeURIComponent(account.project_id)}/messages:send`;
  return {
    async send({ address }, push) {
      try {
        const response = await fetch(new URL(path, url), {
          method: "POST",
          headers: {
            authorization: `Bearer ${await tokens.get()}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ message: messageOf(address, push, clock()) }),
          redirect: "manual",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        return outcome(response, codeOf(await response.text()), tokens, clock());
      } catch {
        return { kind: "later", reason: "FCM did not answer." };
      }
    },
    async close() {},
  };
}

const granted = z.object({ access_token: z.string(), expires_in: z.number() });

async function accessToken(account: Options["account"], now: Date) {
  const issuedAt = Math.floor(now.getTime() / SECOND_MS);
  const assertion = await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setIssuer(account.client_email)
    .setAudience(account.token_uri)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .sign(await importPKCS8(account.private_key, "RS256"));
  const response = await fetch(account.token_uri, {
    method: "POST",
    body: new URLSearchParams({ grant_type: GRANT, assertion }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`);
  const { access_token: value, expires_in: seconds } = granted.parse(await response.json());
  return { value, until: new Date(now.getTime() + (seconds - AHEAD_SECONDS) * SECOND_MS) };
}

function messageOf(token: string, push: Push, now: Date) {
  const { id, isUrgent } = push;
  const { title, body, path, tag } = push.content;
  return {
    token,
    notification: { title, body },
    data: { id, path },
    android: {
      collapse_key: tag,
      priority: isUrgent ? "HIGH" : "NORMAL",
      ttl: `${secondsToLive(push, now)}s`,
      notification: { tag },
    },
  };
}

const refusal = z.object({
  error: z.object({
    status: z.string().optional(),
    details: z.array(z.object({ errorCode: z.string().optional() })).default([]),
  }),
});

/** FCM's own code, or that of all of Google's services. */
function codeOf(body: string): string {
  try {
    const { error } = refusal.parse(JSON.parse(body));
    return error.details.find(({ errorCode }) => errorCode)?.errorCode ?? error.status ?? "";
  } catch {
    return "";
  }
}

function outcome(
  { status, headers }: Response,
  code: string,
  tokens: Cached<string>,
  now: Date,
): PushOutcome {
  if (code === "UNREGISTERED" || code === "SENDER_ID_MISMATCH") return { kind: "gone" };
  if (status === 401) {
    tokens.forget();
    return { kind: "later", reason: "FCM refused the access token." };
  }
  const afterMs = retryAfterMs(headers.get("retry-after") ?? undefined, now);
  return outcomeOf(status, { service: "FCM", reason: code, afterMs });
}
