// Each service gets only its own variables and secrets.
import { expect, test } from "vitest";
import {
  routerEnvironment,
  type Shared,
  subgraphEnvironment,
  workersEnvironment,
} from "./environment.ts";

const shared: Shared = {
  inherited: {
    PATH: "/bin",
    NODE_V8_COVERAGE: "/coverage",
    PORT: "4000",
    HOST: "0.0.0.0",
    DATABASE_URL_EVENTS: "postgresql://other",
    IDENTITY_SIGNING_KEY: "from the shell",
    TICKET_SIGNING_KEYS: "from the shell",
    STORAGE_SECRET_ACCESS_KEY: "from the shell",
    VAPID_PRIVATE_KEY: "from the shell",
  },
  keys: {
    ACCESS_TOKEN_SIGNING_KEY: "access private",
    ACCESS_TOKEN_KEY_SET: "access public",
    IDENTITY_SIGNING_KEY: "identity private",
    IDENTITY_KEY_SET: "identity public",
    SEALING_KEYS: "sealing",
    TICKET_SIGNING_KEYS: "tickets",
    STORAGE_ACCESS_KEY_ID: "id",
    STORAGE_SECRET_ACCESS_KEY: "storage secret",
    VAPID_PUBLIC_KEY: "vapid public",
    VAPID_PRIVATE_KEY: "vapid private",
  },
  mailbox: { smtpUrl: "smtp://m", url: "http://m" },
  storage: { STORAGE_URL: "http://s", STORAGE_PUBLIC_URL: "http://p", STORAGE_BUCKET: "b" },
  redisUrl: "redis://r",
  redisPrefix: "p",
  env: { LOG_LEVEL: "warn" },
  envOf: { users: { ACCESS_TOKEN_SECONDS: "2" } },
};

const place = {
  host: "127.0.0.1",
  port: 4000,
  adminPort: 0,
  subgraphs: { users: "http://127.0.0.1:1", "two-words": "http://127.0.0.1:2" },
};

test("a subgraph gets its own database, and only its own private key", () => {
  const users = subgraphEnvironment(shared, "users", "postgresql://users");
  expect(users).toEqual({
    PATH: "/bin",
    NODE_V8_COVERAGE: "/coverage",
    HOST: "127.0.0.1",
    PORT: "0",
    ADMIN_PORT: "0",
    DATABASE_URL_USERS: "postgresql://users",
    REDIS_URL: "redis://r",
    REDIS_PREFIX: "p",
    IDENTITY_KEY_SET: "identity public",
    ACCESS_TOKEN_SIGNING_KEY: "access private",
    ACCESS_TOKEN_KEY_SET: "access public",
    SEALING_KEYS: "sealing",
    VAPID_PUBLIC_KEY: "vapid public",
    ...shared.storage,
    LOG_LEVEL: "warn",
    ACCESS_TOKEN_SECONDS: "2",
  });
  const events = subgraphEnvironment(shared, "events", "postgresql://events");
  expect(events).not.toHaveProperty("ACCESS_TOKEN_SIGNING_KEY");
  expect(events).not.toHaveProperty("IDENTITY_SIGNING_KEY");
  expect(events).not.toHaveProperty("ACCESS_TOKEN_SECONDS");
  expect(events).not.toHaveProperty("SEALING_KEYS");
  expect(events).toHaveProperty("TICKET_SIGNING_KEYS", "tickets");
  const matching = subgraphEnvironment(shared, "matching", "postgresql://matching");
  expect(matching).not.toHaveProperty("STORAGE_URL");
});

test("the router gets no database, and only the key that it signs with", () => {
  expect(routerEnvironment(shared, place)).toEqual({
    PATH: "/bin",
    NODE_V8_COVERAGE: "/coverage",
    HOST: "127.0.0.1",
    PORT: "4000",
    ADMIN_PORT: "0",
    SUBGRAPH_URL_USERS: "http://127.0.0.1:1/graphql",
    SUBGRAPH_URL_TWO_WORDS: "http://127.0.0.1:2/graphql",
    ACCESS_TOKEN_JWKS_URL: "http://127.0.0.1:1/.well-known/jwks.json",
    TOKEN_FEED_SOURCE: "users",
    REDIS_URL: "redis://r",
    REDIS_PREFIX: "p",
    IDENTITY_SIGNING_KEY: "identity private",
    MAILBOX_URL: "http://m",
    STORAGE_PUBLIC_URL: "http://p",
    LOG_LEVEL: "warn",
  });
});

test("the workers get every database, the mail server, and no key of tokens", () => {
  const databases = { users: "postgresql://users", events: "postgresql://events" };
  expect(workersEnvironment(shared, databases, "http://localhost:4000")).toEqual({
    PATH: "/bin",
    NODE_V8_COVERAGE: "/coverage",
    HOST: "127.0.0.1",
    PORT: "0",
    ADMIN_PORT: "0",
    DATABASE_URL_USERS: "postgresql://users",
    DATABASE_URL_EVENTS: "postgresql://events",
    REDIS_URL: "redis://r",
    REDIS_PREFIX: "p",
    SEALING_KEYS: "sealing",
    VAPID_PUBLIC_KEY: "vapid public",
    VAPID_PRIVATE_KEY: "vapid private",
    PUBLIC_URL: "http://localhost:4000",
    SMTP_URL: "smtp://m",
    ...shared.storage,
    LOG_LEVEL: "warn",
  });
  const inherited = { PUBLIC_URL: "https://meetinity.example" };
  const told = workersEnvironment(
    { ...shared, inherited, mailbox: null },
    {},
    "http://localhost:1",
  );
  expect(told.PUBLIC_URL).toBe("https://meetinity.example");
  expect(told).not.toHaveProperty("SMTP_URL");
});
