// Signatures equal those that AWS has published for S3, and those of a client by other people.
import { AwsV4Signer } from "aws4fetch";
import { describe, expect, it } from "vitest";
import {
  type Credentials,
  presignedQuery,
  sha256Hex,
  signedHeaders,
  timestampOf,
} from "#kit/storage/signing";

// "Examples: Signature Calculations" and "Authenticating Requests: Using Query Parameters".
const credentials: Credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const at = new Date("2013-05-24T00:00:00Z");
const host = "examplebucket.s3.amazonaws.com";

describe("a signature equals the one that AWS has published for", () => {
  const empty = { method: "GET", path: "/", query: [], body: "" };
  it.each([
    [
      "an object with a range",
      { ...empty, path: "/test.txt", headers: { host, range: "bytes=0-9" } },
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ],
    [
      "a body, and a path that is encoded",
      {
        ...empty,
        method: "PUT",
        path: "/test$file.text",
        headers: {
          date: "Fri, 24 May 2013 00:00:00 GMT",
          host,
          "x-amz-storage-class": "REDUCED_REDUNDANCY",
        },
        body: "Welcome to Amazon S3.",
      },
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    ],
    [
      "a parameter without a value",
      { ...empty, query: [["lifecycle", ""]] as const, headers: { host } },
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    ],
    [
      "two parameters",
      {
        ...empty,
        query: [["prefix", "J"] as const, ["max-keys", "2"] as const],
        headers: { host },
      },
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ],
  ])("%s", (_, { body, ...request }, signature) => {
    const signed = signedHeaders(credentials, { ...request, at, payloadHash: sha256Hex(body) });
    expect(signed.authorization).toMatch(new RegExp(`Signature=${signature}$`));
  });

  it("a URL that lives a day", () => {
    const request = { method: "GET", path: "/test.txt", query: [], headers: { host } };
    expect(presignedQuery(credentials, { ...request, at, expiresIn: 86_400 })).toBe(
      "X-Amz-Algorithm=AWS4-HMAC-SHA256" +
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    );
  });
});

it("a URL with signed headers and odd characters equals the one of aws4fetch", async () => {
  const path = "/bucket/a(b)*!'~é.txt";
  const query = [["response-content-disposition", `inline; filename="a b+c.txt"`]] as const;
  const headers = { host: "127.0.0.1:9000", "content-length": "5", "x-holder": "a  b" };
  const own = presignedQuery(credentials, {
    method: "PUT",
    path,
    query,
    headers,
    at,
    expiresIn: 60,
  });
  const url = new URL(`http://127.0.0.1:9000${path}`);
  for (const [name, value] of query) url.searchParams.set(name, value);
  url.searchParams.set("X-Amz-Expires", "60");
  const { host: _, ...others } = headers;
  const theirs = await new AwsV4Signer({
    ...credentials,
    method: "PUT",
    url: url.href,
    headers: others,
    service: "s3",
    signQuery: true,
    allHeaders: true,
    datetime: timestampOf(at),
  }).sign();
  const signature = (text: string) => /X-Amz-Signature=([0-9a-f]{64})/.exec(text)?.[1];
  expect(signature(own)).toBe(signature(theirs.url.search));
});
