// Findings of the audit that we accept, each with its reason: secrets by fingerprint, licences by
// package, never by path. tests/contract/audit.test.ts finds entries that are no longer needed.

/** By fingerprint. */
export const ACCEPTED_SECRETS: Readonly<Record<string, string>> = {
  c4bbcb1fbec99d65:
    "the password of the demo accounts, printed in the README; production never has these accounts",
  "1621b70fff69e7af": "a password in tests, of accounts that a test makes in a database of its own",
  ef96b4b0b359c563: "the wrong password of the tests that guess",
  d74ff0ee8da3b980: "an address with a user and a password, of a server that a test begins",
  c90689da1049c535: "the password of an account that the test of the funnel makes",
  c775e7b757ede630: "a password that the test of the funnel has refused as weak",
  f41f3fa625ff120d: "the wrong password of the test of the funnel",
  f52fbd32b2b3b86f: "an address with a password, that the search of logs must find",
  "2c70e12b7a0646f9": "an address with a user and a password, that a format refuses",
  "3e23e8160039594a": "an address with a user and a password in a message, of a test of links",
  "4658b0a834a5dd22": "the label of a password field, in English",
  f3562059d6c54d94: "what the app says about a wrong password, in English",
  ff9c8b8c0677c3d0: "the label of a password field, in French",
  "7847b384e3970f1f": "the hint of a password field, in French",
  "3a5481c09ef603ca": "what the app says about a wrong password, in French",
  bbda702b4b0324a1: "the label of a password field when an account is deleted, in English",
  "8b97140e12f055c1": "the label of a password field when an account is deleted, in French",
  efd02f56819dba8a: "the label of a password field when an address changes, in English",
  db9f2aee27d09370: "the label of a password field when an address changes, in French",
  "736533fd17ca8265":
    "what the app says about a wrong password when an address changes, in English",
  a17913aa15e9d91c: "what the app says about a wrong password when an address changes, in French",
  d8fab0f5ccc4e5f7: "a new password in tests, of an account that a test makes",
  a354dc0dcca8217d: "a password in tests, of an account that a test makes",
  "61cc36655d84d436": "why a column with hashes of passwords is not personal",
  "530e4760fff70052": "the name of a part of a snapshot, about token versions",
  e62c1461a520c837: "the path of the tokens of styles, in a test",
  "1a5d44a2dca19669": "the id of the key in the examples of signatures that AWS has published",
  "78314b11be2e5815": "the secret of the key in the examples of signatures that AWS has published",
  "14a70640b60a74c8": "a token that nobody signed, planted to be found by the test of leaks",
};

/** SPDX identifiers of licences that require a notice at most. */
export const ALLOWED_LICENCES: readonly string[] = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
];

export interface NamedLicence {
  readonly licence: string;
  readonly why: string;
}

const APOLLO: NamedLicence = {
  licence: "Elastic-2.0",
  why: "free to run and change, not to be sold as a managed gateway; the README says so",
};

const LIBVIPS_WHY =
  "libvips, a library of its own that anybody may replace; unmodified, and sharp names its sources";
const libvips = (licence: string, names: readonly string[]) =>
  names.map((name): [string, NamedLicence] => [
    `@img/sharp-${name}`,
    { licence, why: LIBVIPS_WHY },
  ]);

/** The binaries of sharp, one for each platform. */
const LIBVIPS = Object.fromEntries([
  ...libvips(
    "LGPL-3.0-or-later",
    [
      ...["darwin-arm64", "darwin-x64", "linux-arm", "linux-arm64", "linux-ppc64", "linux-riscv64"],
      ...["linux-s390x", "linux-x64", "linuxmusl-arm64", "linuxmusl-x64"],
    ].map((platform) => `libvips-${platform}`),
  ),
  ...libvips("Apache-2.0 AND LGPL-3.0-or-later AND MIT", ["wasm32"]),
  ...libvips("Apache-2.0 AND LGPL-3.0-or-later", ["win32-arm64", "win32-ia32", "win32-x64"]),
]);

/** Packages with another licence, or without one in their manifest. */
export const NAMED_LICENCES: Readonly<Record<string, NamedLicence>> = {
  "@apollo/composition": APOLLO,
  "@apollo/federation-internals": APOLLO,
  "@apollo/gateway": APOLLO,
  "@apollo/query-graphs": APOLLO,
  "@apollo/query-planner": APOLLO,
  ...LIBVIPS,
  elkjs: {
    licence: "EPL-2.0",
    why: "part of Prisma's command line, unmodified; no service loads it",
  },
  "web-push": {
    licence: "MPL-2.0",
    why: "copyleft by file, unmodified: it encrypts pushes to browsers",
  },
  "seq-queue": {
    licence: "none",
    why: "its LICENSE file is MIT's; part of Prisma's command line, and no service loads it",
  },
};
