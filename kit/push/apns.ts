// Pushes to iPhones by Apple's service: HTTP/2 with one connection, and a token that the key of the
// deployment signs (ES256), new every 40 minutes as Apple asks for.
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { importPKCS8, SignJWT } from "jose";
import type { Clock } from "#kit/clock";
import { type Cached, cachedUntil } from "#kit/push/cached";
import { outcomeOf, type Push, type PushOutcome, type PushSender } from "#kit/push/push";

export interface ApnsKey {
  /** PKCS 8, as Apple's `.p8` file has it. */
  readonly key: string;
  readonly keyId: string;
  readonly teamId: string;
  /** The bundle id of the app. */
  readonly topic: string;
  /** Its origin. */
  readonly url: string;
}

const TOKEN_LIFE_MS = 40 * 60_000;
const TIMEOUT_MS = 15_000;
const SECOND_MS = 1_000;
/** Apple says this of tokens of devices that are none of ours. */
const GONE = new Set(["BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered"]);
const TOKEN_REFUSED = new Set(["ExpiredProviderToken", "InvalidProviderToken"]);

export function createApns(key: ApnsKey, clock: Clock): PushSender {
  const tokens = cachedUntil(async () => {
    const now = clock();
    const token = await signed(key, now);
    return { value: token, until: new Date(now.getTime() + TOKEN_LIFE_MS) };
  }, clock);
  const session = oneSession(key.url);
  return {
    async send({ address }, push) {
      const headers = {
        ...headersOf(key, push),
        ":path": `/3/device/${address}`,
        authorization: `bearer ${await tokens.get()}`,
      };
      const answer = await post(session.get(), headers, JSON.stringify(payloadOf(push)));
      return outcome(answer, tokens);
    },
    close: async () => session.close(),
  };
}

async function signed({ key, keyId, teamId }: ApnsKey, now: Date): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: keyId })
    .setIssuer(teamId)
    .setIssuedAt(Math.floor(now.getTime() / SECOND_MS))
    .sign(await importPKCS8(key, "ES256"));
}

function headersOf({ topic }: ApnsKey, { id, content, isUrgent, expiresAt }: Push) {
  return {
    ":method": "POST",
    "apns-id": id,
    "apns-topic": topic,
    "apns-push-type": "alert",
    "apns-priority": isUrgent ? "10" : "5",
    "apns-expiration": String(Math.floor(expiresAt.getTime() / SECOND_MS)),
    "apns-collapse-id": content.tag,
  };
}

function payloadOf({ id, content: { title, body, path, tag } }: Push) {
  return { aps: { alert: { title, body }, sound: "default", "thread-id": tag }, id, path };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Null without an answer. */
function post(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  body: string,
): Promise<Answer | null> {
  return new Promise((resolve) => {
    const request = session.request(headers);
    let status = 0;
    let text = "";
    request.setEncoding("utf8");
    request.setTimeout(TIMEOUT_MS, () => request.close(constants.NGHTTP2_CANCEL));
    request.on("response", (answered) => {
      status = Number(answered[":status"]);
    });
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(status === 0 ? null : { status, body: text }));
    request.end(body);
  });
}

function outcome(answer: Answer | null, tokens: Cached<string>): PushOutcome {
  if (!answer) return { kind: "later", reason: "APNs did not answer." };
  const reason = reasonOf(answer.body);
  if (answer.status === 410 || GONE.has(reason)) return { kind: "gone" };
  if (TOKEN_REFUSED.has(reason)) {
    tokens.forget();
    return { kind: "later", reason: `APNs answered ${reason}.` };
  }
  return outcomeOf(answer.status, { service: "APNs", reason });
}

function reasonOf(body: string): string {
  try {
    const { reason } = JSON.parse(body) as { readonly reason?: unknown };
    return typeof reason === "string" ? reason : "";
  } catch {
    return "";
  }
}

/** One connection, made again when it is lost. */
function oneSession(url: string) {
  let session: ClientHttp2Session | null = null;
  return {
    get(): ClientHttp2Session {
      if (session && !session.closed && !session.destroyed) return session;
      const fresh = connect(url);
      // Its requests fail, and tell it.
      fresh.on("error", () => {});
      fresh.on("goaway", () => fresh.close());
      fresh.unref();
      session = fresh;
      return fresh;
    },
    close: () => session?.destroy(),
  };
}
