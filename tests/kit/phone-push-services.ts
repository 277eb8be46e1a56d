// The push services of Apple and of Google, on loopback: they check the signatures of keys and
// accounts, and note what they would bring to phones.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { importSPKI, type JWTPayload, jwtVerify } from "jose";
import {
  answered,
  type Book,
  bytesOf,
  flat,
  handleOf,
  listening,
  type PushService,
  textsOf,
} from "./push-service.ts";

export interface ApnsKeyPair {
  /** PKCS 8 in PEM. */
  readonly key: string;
  readonly publicKey: string;
}

export function apnsKeyPair(): ApnsKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

export async function startApns({ publicKey }: ApnsKeyPair, keyId: string): Promise<PushService> {
  const book: Book = { received: [], faults: [], answers: [] };
  const server = createHttp2Server();
  server.on("stream", (stream, headers) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const answer = await answered(book, async () => {
        const { payload, protectedHeader } = await jwtVerify(
          String(headers.authorization).replace(/^bearer /, ""),
          await importSPKI(publicKey, "ES256"),
        );
        if (protectedHeader.kid !== keyId) throw new Error("the key is another one");
        const token = String(headers[":path"]).replace("/3/device/", "");
        const given = { ...flat(headers), iat: String(payload.iat) };
        return { to: token, headers: given, content: JSON.parse(Buffer.concat(chunks).toString()) };
      });
      stream.respond({ ":status": answer?.status ?? 200, ...answer?.headers });
      stream.end(answer?.body);
    })();
  });
  return { ...(await listening(server)), ...handleOf(book) };
}

export interface FcmAccount {
  readonly project_id: string;
  readonly client_email: string;
  readonly private_key: string;
  readonly token_uri: string;
}

export interface FcmService extends PushService {
  readonly account: FcmAccount;
  /** The assertions that were exchanged for access tokens. */
  readonly assertions: readonly JWTPayload[];
}

export async function startFcm(): Promise<FcmService> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();
  const book: Book = { received: [], faults: [], answers: [] };
  const assertions: JWTPayload[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = (await bytesOf(request)).toString();
      if (request.url === "/token") {
        const assertion = new URLSearchParams(body).get("assertion") ?? "";
        const { payload } = await jwtVerify(assertion, await importSPKI(spki, "RS256"));
        assertions.push(payload);
        const granted = { access_token: `token-${assertions.length}`, expires_in: 3_600 };
        response.end(JSON.stringify(granted));
        return;
      }
      const answer = await answered(book, async () => {
        if (request.headers.authorization !== `Bearer token-${assertions.length}`) {
          throw new Error("the access token is another one");
        }
        const { message } = JSON.parse(body);
        return { to: message.token, headers: textsOf(request), content: message };
      });
      response.writeHead(answer?.status ?? 200, { ...answer?.headers }).end(answer?.body ?? "{}");
    })();
  });
  const listened = await listening(server);
  return {
    ...listened,
    ...handleOf(book),
    assertions,
    account: {
      project_id: "meetinity-test",
      client_email: "pushes@meetinity-test.example",
      private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      token_uri: `${listened.url}/token`,
    },
  };
}
