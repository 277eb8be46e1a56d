// A request is accepted as it was signed, and in no other way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "#kit/storage/embedded/refusals";
import { type Received, verify } from "#kit/storage/embedded/verifying";
import { type Credentials, presignedQuery, sha256Hex, signedHeaders } from "#kit/storage/signing";

const credentials: Credentials = {
  accessKeyId: "KEY",
  secretAccessKey: "secret of a test",
  region: "eu-test-1",
};
const at = new Date("2026-11-30T10:00:00Z");
const expiresIn = 600;
const host = "127.0.0.1:9000";

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
}

const wanted: Wanted = {
  method: "PUT",
  path: "/files/attachments/a1/original",
  query: [
    ["partNumber", "3"],
    ["uploadId", "7c9e"],
  ],
  headers: { host, "content-length": "500", "x-amz-checksum-sha256": "abc=" },
};

const rawOf = (headers: Wanted["headers"]) => Object.entries(headers).flat();

function presigned({ headers, ...request }: Wanted = wanted): Received {
  const query = presignedQuery(credentials, { ...request, headers, at, expiresIn });
  return {
    method: request.method,
    target: `${request.path}?${query}`,
    rawHeaders: rawOf(headers),
  };
}

function signed(request: Wanted = { ...wanted, query: [] }): Received {
  const headers = signedHeaders(credentials, { ...request, at, payloadHash: sha256Hex("x") });
  const { method, path } = request;
  return { method, target: path, rawHeaders: rawOf(headers) };
}

function codeOf(received: Received, now = at): string {
  try {
    verify(received, credentials, now);
    return "accepted";
  } catch (error) {
    return error instanceof Refusal ? error.code : `not a refusal: ${error}`;
  }
}

const later = (ms: number) => new Date(at.getTime() + ms);
const withHeader = (received: Received, name: string, value: string): Received => ({
  ...received,
  rawHeaders: [...received.rawHeaders, name, value],
});
const replaced = (received: Received, from: string, to: string): Received => ({
  ...received,
  target: received.target.replace(from, to),
  rawHeaders: received.rawHeaders.map((text) => text.replace(from, to)),
});

describe("a signed URL", () => {
  it("is accepted until it expires, and not long before it begins", () => {
    expect(codeOf(presigned())).toBe("accepted");
    expect(codeOf(presigned(), later(expiresIn * 1_000))).toBe("accepted");
    expect(codeOf(presigned(), later(expiresIn * 1_000 + 1))).toBe("AccessDenied");
    expect(codeOf(presigned(), later(-15 * 60_000 - 1))).toBe("AccessDenied");
  });

  it("gives its own parameters without those of the signature", () => {
    const { query, isPresigned, payloadHash } = verify(presigned(), credentials, at);
    expect([...query]).toEqual(wanted.query);
    expect([isPresigned, payloadHash]).toEqual([true, null]);
  });
});

describe("with any character changed, a request is refused:", () => {
  const other = fc.constantFrom(..."abcXYZ019-_.%&=/;~+");
  /** Changes one character of a text. */
  const changeOf = (text: string) =>
    fc
      .tuple(fc.nat(text.length - 1), other)
      .map(([place, character]) => text.slice(0, place) + character + text.slice(place + 1))
      .filter((changed) => changed !== text);

  it.each([
    ["the URL of a signed URL", presigned()],
    ["the path of a signed request", signed()],
  ])("%s", (_, received) => {
    fc.assert(
      fc.property(changeOf(received.target), (target) => {
        expect(codeOf({ ...received, target })).not.toBe("accepted");
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["of a signed URL", presigned()],
    ["of a signed request", signed()],
  ])("any signed header %s", (_, received) => {
    const places = received.rawHeaders.map((_text, index) => index);
    const changes = fc
      .constantFrom(...places)
      .chain((place) =>
        changeOf(received.rawHeaders[place] ?? "").map((text) => ({ place, text })),
      );
    fc.assert(
      fc.property(changes, ({ place, text }) => {
        const rawHeaders = received.rawHeaders.with(place, text);
        const isSame = text.toLowerCase() === received.rawHeaders[place] && place % 2 === 0;
        if (!isSame) expect(codeOf({ ...received, rawHeaders })).not.toBe("accepted");
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["GET", "HEAD", "DELETE", "POST", "put"])("the method, to %s", (method) => {
    for (const received of [presigned(), signed()]) {
      expect(codeOf({ ...received, method })).toBe("SignatureDoesNotMatch");
    }
  });

  it("the life of a URL, to a longer one", () => {
    const longer = replaced(presigned(), "X-Amz-Expires=600", "X-Amz-Expires=601");
    expect(codeOf(longer)).toBe("SignatureDoesNotMatch");
  });

  it("and the control: the same changes are accepted once they are signed", () => {
    for (const changed of [
      { ...wanted, method: "POST" },
      { ...wanted, path: "/files/attachments/a2/original" },
      { ...wanted, query: [["partNumber", "4"] as const] },
      { ...wanted, headers: { ...wanted.headers, "content-length": "501" } },
      { ...wanted, headers: { ...wanted.headers, host: "127.0.0.1:9001" } },
    ]) {
      expect(codeOf(presigned(changed))).toBe("accepted");
    }
  });
});

describe("a request is refused", () => {
  const url = presigned();
  it.each<[string, Received, string]>([
    ["without a signature", { ...url, target: wanted.path }, "AccessDenied"],
    ["with two", withHeader(url, "authorization", "x"), "InvalidArgument"],
    ["with a parameter twice", { ...url, target: `${url.target}&partNumber=3` }, "InvalidArgument"],
    ["with one more", { ...url, target: `${url.target}&acl=1` }, "SignatureDoesNotMatch"],
    ["with a header of S3 that is not signed", withHeader(url, "x-amz-acl", "x"), "AccessDenied"],
    ["with a kind that is not signed", withHeader(url, "content-type", "a/b"), "AccessDenied"],
    ["with a header twice", withHeader(url, "Content-Length", "500"), "InvalidArgument"],
    ["with the key of another", replaced(url, "=KEY", "=KEX"), "InvalidAccessKeyId"],
    [
      "for another region",
      replaced(url, "eu-test-1", "eu-test-2"),
      "AuthorizationQueryParametersError",
    ],
    [
      "for another day",
      replaced(url, "X-Amz-Date=20261130", "X-Amz-Date=20261129"),
      "AuthorizationQueryParametersError",
    ],
    [
      "with a date that is none",
      replaced(url, "X-Amz-Date=20261130T", "X-Amz-Date=20261332T"),
      "AuthorizationQueryParametersError",
    ],
    ["with an escape in its path", replaced(url, "a1", "%61"), "InvalidURI"],
    ["with an unusual escape", replaced(url, "%2F", "%2f"), "InvalidURI"],
    ["with a broken escape", replaced(url, "7c9e", "%ff"), "InvalidURI"],
    ["without its host", { ...url, rawHeaders: url.rawHeaders.slice(2) }, "AccessDenied"],
    [
      "with chunks of a stream",
      replaced(signed(), sha256Hex("x"), "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
      "NotImplemented",
    ],
    [
      "without the hash of its body",
      replaced(signed(), sha256Hex("x"), "UNSIGNED-PAYLOAD"),
      "NotImplemented",
    ],
  ])("%s", (_, received, code) => {
    expect(codeOf(received)).toBe(code);
  });

  it("if its time is far from ours", () => {
    for (const ms of [15 * 60_000 + 1, -15 * 60_000 - 1]) {
      expect(codeOf(signed(), later(ms))).toBe("RequestTimeTooSkewed");
    }
    expect(codeOf(signed(), later(15 * 60_000))).toBe("accepted");
  });

  it("if its host is not signed", () => {
    const { host: _, ...headers } = wanted.headers;
    const bare = presigned({ ...wanted, headers });
    expect(codeOf(withHeader(bare, "host", host))).toBe("AccessDenied");
  });

  it("if its life is longer than a week", () => {
    const query = presignedQuery(credentials, { ...wanted, at, expiresIn: 604_801 });
    const target = `${wanted.path}?${query}`;
    expect(codeOf({ ...presigned(), target })).toBe("AuthorizationQueryParametersError");
  });
});
