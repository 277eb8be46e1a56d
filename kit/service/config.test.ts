// Guarantees about settings and mistakes in them.
import { expect, test } from "vitest";
import { z } from "zod";
import { ConfigError, json, port, readConfig } from "./config.ts";

const shape = {
  PORT: port,
  URL: z.url(),
  KEYS: json(z.object({ keys: z.array(z.string()) })),
  LEVEL: z.string().default("info"),
};

test("settings are read with their types and defaults", () => {
  const env = { PORT: "4000", URL: "redis://localhost", KEYS: `{"keys":["a"]}`, LEVEL: "" };
  expect(readConfig(shape, env)).toEqual({
    PORT: 4000,
    URL: "redis://localhost",
    KEYS: { keys: ["a"] },
    LEVEL: "info",
  });
});

test("all mistakes are reported at once, by name and without values", () => {
  const env = { PORT: "70000", KEYS: "{secret" };
  const read = () => readConfig(shape, env);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/PORT: [\s\S]*URL: is not set[\s\S]*KEYS: is not JSON/);
  expect(read).not.toThrow(/secret/);
});
