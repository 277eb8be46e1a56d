// Guarantees about trusted documents: the documents that each mode allows, how texts are compared
// (with the cases of Apollo's router), and the documents that a request by id finds.
import { createHash } from "node:crypto";
import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../limits/limits.ts";
import type { Manifest } from "./manifest.ts";
import { createDocuments, type DocumentMode } from "./trusted-documents.ts";

const SOME =
  "fragment A on T { a }    query SomeOp { ...A ...B }    fragment,,, B on U{b c  } # yeah";
const TWO = "query Op1 { a b } query Op2 { b a }";
const MANIFEST: Manifest = new Map(
  [SOME, TWO].map((text) => [sha256(text), { name: "SomeOp", text, document: parse(text) }]),
);

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function documentsIn(mode: DocumentMode, isProduction = false) {
  return createDocuments({ mode, manifest: MANIFEST, isProduction, limits: DEFAULT_LIMITS });
}

/** `trusted`, `unknown` or the code of the refusal. */
function judged(mode: DocumentMode, text: string, isById = false) {
  const verdict = documentsIn(mode).judge({ text, hash: sha256(text), isById });
  return verdict.kind === "refused" ? verdict.error.extensions.code : verdict.kind;
}

describe("a text equals one of the manifest", () => {
  test.each([
    ["if it is the same", SOME],
    [
      "with other spaces, commas, comments and order of definitions",
      "#comment\n  fragment, B on U  , { b    c }    query SomeOp {  ...A ...B }  fragment    \nA on T { a }",
    ],
    ["with its operations in another order", "query Op2 { b a } query Op1 { a b }"],
  ])("%s", (_how, text) => {
    expect(judged("safelist", text)).toBe("trusted");
  });

  test.each([
    ["with its fields in another order", SOME.replace("b c", "c b")],
    ["with another name", SOME.replace("SomeOp", "OtherOp")],
    ["with an alias", SOME.replace("{ a }", "{ x: a }")],
    ["with a directive", SOME.replace("{ a }", "{ a @include(if: true) }")],
    ["with a part missing", "query Op1 { a b }"],
    ["with another operation added", `${TWO} query Op3 { a }`],
    ["with a type added", `${TWO} type T { a: Int }`],
    ["with a syntax error", `${TWO} }`],
    ["with more tokens than the limit", `${TWO} ${"#\n{".repeat(2_001)}`],
    ["an empty text", ""],
  ])("but not %s", (_how, text) => {
    expect(judged("safelist", text)).toBe("QUERY_NOT_IN_SAFELIST");
    expect(judged("audit", text)).toBe("unknown");
    expect(judged("off", text)).toBe("trusted");
  });
});

test("mode only refuses a text, even one of the manifest", () => {
  expect(judged("only", SOME)).toBe("PERSISTED_QUERY_ID_REQUIRED");
  expect(judged("only", SOME, true)).toBe("trusted");
});

describe("a request by id finds", () => {
  const key = (text: string) => `apq:${sha256(text)}`;
  const textAfterRegistering = async (mode: DocumentMode, isProduction: boolean, text: string) => {
    const { persistedQueries } = documentsIn(mode, isProduction);
    if (!persistedQueries) return "not supported";
    await persistedQueries.cache.set(key(text), text);
    return persistedQueries.cache.get(key(text));
  };

  test.each<[DocumentMode, boolean, string | undefined, string | undefined]>([
    ["off", false, SOME, "{ mine }"],
    ["off", true, SOME, undefined],
    ["audit", false, SOME, "{ mine }"],
    ["audit", true, SOME, undefined],
    ["safelist", false, SOME, undefined],
    ["safelist", true, SOME, undefined],
    ["only", false, SOME, undefined],
    ["only", true, SOME, undefined],
  ])(
    "the documents that may run, in mode %s, production %s",
    async (mode, isProduction, trusted, own) => {
      expect(await textAfterRegistering(mode, isProduction, SOME)).toBe(trusted);
      expect(await textAfterRegistering(mode, isProduction, "{ mine }")).toBe(own);
    },
  );

  test("at most 10 million characters of documents that clients registered", async () => {
    const { persistedQueries } = documentsIn("off");
    if (!persistedQueries) throw new Error("automatic persisted queries are off");
    const { cache } = persistedQueries;
    const texts = Array.from({ length: 12 }, (_, at) => `${at}`.padEnd(2 ** 20));
    for (const text of texts) await cache.set(key(text), text);
    const kept = await Promise.all(texts.map((text) => cache.get(key(text))));
    expect(kept.filter((text) => text !== undefined)).toEqual(texts.slice(2));
  });
});

test("only documents of the manifest have a name, whatever clients call theirs", () => {
  const { nameOf } = documentsIn("off");
  expect(nameOf(sha256(SOME))).toBe("SomeOp");
  expect(nameOf(sha256("query SomeOp { other }"))).toBeNull();
  expect(nameOf(undefined)).toBeNull();
});
