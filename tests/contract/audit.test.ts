// The checks of `npm run audit` that need no network: no secret in the tree or its history, no
// licence that is not allowed, no version held back without a reason. Each has a planted finding.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ACCEPTED_SECRETS, NAMED_LICENCES } from "../audit/accepted.ts";
import {
  beforeMended,
  describeLicence,
  describeSecret,
  distinct,
  exitCodeOf,
  heldRanges,
  isAccepted,
} from "../audit/findings.ts";
import { HELD } from "../audit/held.ts";
import { licenceOf, productionPackages, refusedLicences } from "../audit/licences.ts";
import { readAnswer } from "../audit/registry.ts";
import { RULE_NAMES, secretsIn } from "../audit/secrets.ts";
import { git, historySources, ROOT, treeSources } from "../audit/sources.ts";

const inTree = distinct(treeSources());
const inHistory = distinct(historySources()?.sources ?? []);

describe("secrets", () => {
  it("are not in the tree", () => {
    expect(inTree.filter((each) => !isAccepted(each)).map(describeSecret)).toEqual([]);
  });

  it("are not in the history", () => {
    expect(inHistory.filter((each) => !isAccepted(each)).map(describeSecret)).toEqual([]);
  });

  it("that are accepted are still there", () => {
    const found = [...inTree, ...inHistory].map(({ fingerprint }) => fingerprint);
    expect(Object.keys(ACCEPTED_SECRETS).filter((each) => !found.includes(each))).toEqual([]);
  });
});

/** Secrets are generated, so that this file contains none. */
const random = (length: number) =>
  "k9Zq3VtY7mXw1LpR5sBn8JcH2dGf6TaU4eQy0WiO".repeat(3).slice(0, length);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const keyPair = generateKeyPairSync("ed25519");
const planted: readonly (readonly [rule: string, text: string])[] = [
  ["private key", String(keyPair.privateKey.export({ type: "pkcs8", format: "pem" }))],
  ["private JWK", JSON.stringify(keyPair.privateKey.export({ format: "jwk" }))],
  ["private JWK", `KEY='${JSON.stringify({ kty: "OKP", d: random(43) })}'`],
  ["private JWK", JSON.stringify(JSON.stringify({ kty: "OKP", d: random(43) }))],
  ["JWT", [part({ alg: "EdDSA" }), part({ sub: "somebody" }), random(40)].join(".")],
  ["AWS access key", `AKIA${"Q3EGRV7T".repeat(2)}`],
  ["GitHub token", `ghp_${random(36)}`],
  ["GitLab token", `glpat-${random(20)}`],
  ["npm token", `npm_${random(36)}`],
  ["npm token", `_authToken=${random(20)}`],
  ["Slack token", `xoxb-${random(24)}`],
  ["Stripe key", `sk_live_${random(24)}`],
  ["Google key", `AIza${random(35)}`],
  ["AI provider key", `sk-proj-${random(40)}`],
  ["Apollo key", `service:meetinity:${random(22)}`],
  ["SendGrid key", `SG.${random(22)}.${random(40)}`],
  ["Azure key", `AccountKey=${random(40)}`],
  ["age key", `AGE-SECRET-KEY-1${random(40).toUpperCase()}`],
  ["password hash", ["$argon2id", "v=19", "m=19456,t=2,p=1", random(22), random(43)].join("$")],
  ["password in a URL", `postgres://users:${random(12)}@db.internal:5432/users`],
  ["assigned secret", `const refreshToken = "${random(24)}";`],
  ["assigned secret", `{ "apiKey": "${random(24)}" }`],
  ["assigned password", `password: 'Tr0ub4dor&${3}'`],
  ["secret setting", `POSTGRES_PASSWORD=${random(16)}`],
];

describe("a planted secret is found:", () => {
  it.each(planted)("%s", (rule, text) => {
    const found = secretsIn({ path: "a.ts", text: `first line\n${text}\n` });
    expect(found).toContainEqual(expect.objectContaining({ rule, line: 2 }));
    expect(found.some(isAccepted)).toBe(false);
  });

  it.each([".env", "deploy/.env.production", "certificates/router.pem", ".meetinity/keys.json"])(
    "the file %s",
    (path) => {
      expect(secretsIn({ path, text: "" })).toMatchObject([{ rule: "secret file" }]);
    },
  );

  it("by every rule", () => {
    const tried = new Set([...planted.map(([rule]) => rule), "secret file"]);
    expect(RULE_NAMES.filter((name) => !tried.has(name))).toEqual([]);
  });

  it.runIf(git(ROOT, ["version"]))("in the history, after it was removed from the tree", () => {
    const folder = mkdtempSync(join(tmpdir(), "meetinity-audit-"));
    const identity = ["-c", "user.name=A", "-c", "user.email=a@meetinity.test"];
    const commit = (text: string) => {
      writeFileSync(join(folder, "a.txt"), text);
      git(folder, ["add", "--all"]);
      git(folder, [...identity, "commit", "--quiet", "--message", "A change"]);
    };
    try {
      git(folder, ["init", "--quiet"]);
      commit(`token: "${random(24)}"`);
      commit("nothing");
      expect(distinct(treeSources(folder))).toEqual([]);
      expect(distinct(historySources(folder)?.sources ?? [])).toMatchObject([{ path: "a.txt" }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it.each([
  "DATABASE_URL_USERS=postgres://users:password@127.0.0.1:5432/users",
  `redis://:\${REDIS_PASSWORD}@redis:6379`,
  `const url = "postgres://\${role}:\${password}@127.0.0.1"; const token = "…";`,
  'JWKS_TOKEN_URL: "http://127.0.0.1:4101/.well-known/jwks.json"',
  "POSTGRES_PASSWORD=",
  "function passwordOf(token: string): string",
])("no secret is seen in %s", (text) => {
  expect(secretsIn({ path: ".env.example", text })).toEqual([]);
});

describe("licences", () => {
  const { installed, elsewhere } = productionPackages();

  it("of production are allowed, or accepted with a reason", () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(refusedLicences([...installed, ...elsewhere]).map(describeLicence)).toEqual([]);
  });

  it("with a reason belong to packages of production", () => {
    const licences = new Map(
      [...installed, ...elsewhere].map(({ name, licence }) => [name, licence]),
    );
    for (const [name, { licence }] of Object.entries(NAMED_LICENCES)) {
      expect([name, licences.get(name)]).toEqual([name, licence]);
    }
  });

  it.each([
    "GPL-3.0-only",
    "AGPL-3.0",
    "SEE LICENSE IN x",
    "none",
    "Elastic-2.0",
    "MIT AND GPL-2.0",
  ])("such as %s are refused", (licence) => {
    expect(refusedLicences([{ name: "new", version: "1.0.0", licence }])).toHaveLength(1);
  });

  it.each(["MIT", "(MIT OR GPL-3.0)", "(MIT AND BSD-3-Clause)", "MIT and ISC"])(
    "such as %s are allowed",
    (licence) => {
      expect(refusedLicences([{ name: "new", version: "1.0.0", licence }])).toEqual([]);
    },
  );

  it("are also read from the older form of manifests", () => {
    expect([{ type: "MIT" }, [{ type: "MIT" }, { type: "ISC" }], undefined].map(licenceOf)).toEqual(
      ["MIT", "MIT AND ISC", "none"],
    );
  });
});

describe("versions", () => {
  it("that are held have a reason", () => {
    expect(heldRanges().filter((name) => !Object.hasOwn(HELD, name))).toEqual([]);
  });

  it("with a known advisory are not installed", () => {
    expect(beforeMended()).toEqual([]);
  });
});

describe("the registry's answer", () => {
  const shape = z.record(z.string(), z.object({ latest: z.string() }));

  it.each([
    ["a failure", '{"message": "405 Method Not Allowed"}', "405 Method Not Allowed"],
    ["another", '{"error": {"summary": "no network"}}', "no network"],
    ["none", "", "npm error it broke"],
    ["no JSON", "<html>", "npm error it broke"],
  ])("that is %s counts as not checked", (_, said, why) => {
    const complaint = "npm warn about something\nnpm error it broke";
    expect(readAnswer(said, complaint, shape)).toEqual({
      kind: "not checked",
      why: why.replace("npm error ", ""),
    });
  });

  it("without findings counts as checked", () => {
    expect(readAnswer("{}", "", shape)).toEqual({ kind: "checked", result: {} });
  });

  it("decides the exit code together with the findings: an unchecked part is no success", () => {
    expect(exitCodeOf({ findings: [], notChecked: [] })).toBe(0);
    expect(exitCodeOf({ findings: ["a"], notChecked: ["b"] })).toBe(1);
    expect(exitCodeOf({ findings: [], notChecked: ["b"] })).toBe(2);
  });
});
