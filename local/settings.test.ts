// The flags and environment settings that `npm start` accepts.
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "./project.ts";
import { readSettings } from "./settings.ts";

test("the defaults are port 4000 or the next free one, demo data, and a data folder in the checkout", () => {
  expect(readSettings([], {})).toEqual({
    dataDir: join(projectRoot, ".meetinity"),
    host: "127.0.0.1",
    port: 4000,
    adminPort: undefined,
    isPortFixed: false,
    isProduction: false,
    isDemoWanted: true,
    isAppWanted: true,
    publicUrl: undefined,
    isObserved: false,
  });
});

test("a chosen port is kept", () => {
  expect(readSettings([], { PORT: "4000" })).toMatchObject({ port: 4000, isPortFixed: true });
  expect(readSettings([], { ADMIN_PORT: "9000" })).toMatchObject({
    adminPort: 9000,
    isPortFixed: true,
  });
});

test("demo data is left out on request, and always in production", () => {
  expect(readSettings(["--no-demo"], {}).isDemoWanted).toBe(false);
  expect(readSettings([], { NODE_ENV: "production" }).isDemoWanted).toBe(false);
});

test("the app is left out on request, and where STATIC_MOUNTS names what to serve", () => {
  expect(readSettings(["--no-app"], {}).isAppWanted).toBe(false);
  expect(readSettings([], { STATIC_MOUNTS: "/app=dist" }).isAppWanted).toBe(false);
});

test("services are observed on request alone", () => {
  expect(readSettings(["--observe"], {}).isObserved).toBe(true);
  expect(readSettings(["--no-demo"], {}).isObserved).toBe(false);
});

test.each([["--nodemo"], ["--no-demo=yes"], ["empty"], ["--port", "1"]])(
  "the arguments %s are refused, and the error names the flags",
  (...args) => {
    expect(() => readSettings(args, {})).toThrow(/--no-demo.*--no-app/);
  },
);

test.each(["abc", "-1", "65536", "4000.5"])(
  "PORT=%s is refused, and the error names PORT",
  (PORT) => {
    expect(() => readSettings([], { PORT })).toThrow(/PORT/);
  },
);

test("a port that browsers refuse is refused, and the error says so", () => {
  expect(() => readSettings([], { PORT: "4190" })).toThrow(/PORT.*browsers refuse this port/);
});
