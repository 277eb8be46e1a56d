// The push service of browsers, on loopback: it checks the signature (VAPID, RFC 8292), and
// decrypts what it gets as the browser would (RFC 8291).
import { createDecipheriv, createECDH, createHmac, type ECDH, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { importJWK, jwtVerify } from "jose";
import {
  answered,
  type Book,
  bytesOf,
  handleOf,
  listening,
  type PushService,
  textsOf,
} from "./push-service.ts";

/** A browser that has subscribed. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
  readonly ecdh: ECDH;
}

export function browserKeys(): BrowserKeys {
  const ecdh = createECDH("prime256v1");
  return {
    p256dh: ecdh.generateKeys("base64url"),
    auth: randomBytes(16).toString("base64url"),
    ecdh,
  };
}

/** Decrypts a body of RFC 8188 by the keys of RFC 8291, as a browser does. */
function decrypted(body: Buffer, { ecdh, auth, p256dh }: BrowserKeys): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const info = Buffer.concat([
    Buffer.from("WebPush: info\0"),
    Buffer.from(p256dh, "base64url"),
    senderKey,
  ]);
  const shared = ecdh.computeSecret(senderKey);
  const secret = hkdf(Buffer.from(auth, "base64url"), shared, info, 32);
  const key = hkdf(salt, secret, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(salt, secret, Buffer.from("Content-Encoding: nonce\0"), 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}

function hkdf(salt: Buffer, secret: Buffer, info: Buffer, bytes: number): Buffer {
  const extracted = createHmac("sha256", salt).update(secret).digest();
  return createHmac("sha256", extracted)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, bytes);
}

/** Endpoints are `<url>/push/<name>`; the browsers are found by their names. */
export async function startWebPushService(
  vapidPublicKey: string,
  browsers: Readonly<Record<string, BrowserKeys>>,
): Promise<PushService> {
  const book: Book = { received: [], faults: [], answers: [] };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bytesOf(request);
      const name = request.url?.split("/").at(-1) ?? "";
      const answer = await answered(book, async () => {
        const keys = browsers[name];
        if (!keys) throw new Error(`no browser is called ${name}`);
        const origin = `http://${request.headers.host}`;
        await checkVapid(request.headers.authorization ?? "", vapidPublicKey, origin);
        const ttl = Number(request.headers.ttl);
        if (!Number.isInteger(ttl)) throw new Error("there is no TTL");
        const text = decrypted(body, keys);
        return { to: name, headers: textsOf(request), content: JSON.parse(text) };
      });
      response.writeHead(answer?.status ?? 201, { ...answer?.headers }).end(answer?.body);
    })();
  });
  return { ...(await listening(server)), ...handleOf(book) };
}

/** RFC 8292: the token is signed by the key that it names, for this origin. */
async function checkVapid(header: string, publicKey: string, origin: string): Promise<void> {
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(header) ?? [];
  if (key !== publicKey) throw new Error("the key is another one");
  const point = Buffer.from(key, "base64url");
  const part = (from: number) => point.subarray(from, from + 32).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", x: part(1), y: part(33) };
  await jwtVerify(token, await importJWK(jwk, "ES256"), { audience: origin });
}
