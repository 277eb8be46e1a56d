// The page for operators on the admin port: the last traces as waterfalls, and graphs of all
// services while it is open. Services send it their traces by OTLP, as JSON over HTTP.
import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { badInput, notFound } from "#kit/errors";
import { exportShape, spansIn } from "./otlp.ts";
import { readAll } from "./readings.ts";
import { createTraces, type Traces } from "./traces.ts";

const EXPORT_BYTES_MAX = 4 * 1024 * 1024;

const FILES = {
  "page.html": "text/html; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "page.mjs": "text/javascript; charset=utf-8",
  "graphs.mjs": "text/javascript; charset=utf-8",
} as const;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Adds the page at `/observe/`, and the collector of its traces at `/v1/traces`. */
export function serveObserver(
  app: FastifyInstance,
  services: ReadonlyMap<string, URL>,
  traces: Traces = createTraces(),
): void {
  app.post("/v1/traces", { bodyLimit: EXPORT_BYTES_MAX }, async ({ body }) => {
    const parsed = exportShape.safeParse(body);
    if (!parsed.success) throw notAnExport(parsed.error);
    traces.add(spansIn(parsed.data));
    return {};
  });
  app.get("/observe/traces", async () => traces.list());
  app.get<{ Params: { traceId: string } }>("/observe/traces/:traceId", async ({ params }) => {
    const found = traces.get(params.traceId);
    if (!found) throw notFound("trace", "traceId", params.traceId);
    return found;
  });
  app.get("/observe/readings", () => readAll(services));
  app.get("/observe", async (_request, reply) => reply.redirect("/observe/"));
  for (const [name, type] of Object.entries(FILES)) {
    const path = name === "page.html" ? "/observe/" : `/observe/${name}`;
    app.get(path, async (_request, reply) => {
      void reply.headers({ "content-type": type, "content-security-policy": POLICY });
      return readFile(new URL(name, import.meta.url));
    });
  }
}

function notAnExport({ issues: [issue] }: z.ZodError) {
  const field = issue?.path.join(".") || "body";
  const message = issue?.message ?? "is no export of spans";
  return badInput([{ field, message: `is not as OTLP has it: ${message}`, received: null }]);
}
