// The router serves built apps: which paths are files, pages or nothing, their headers, and a new
// build in place of the old one.
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exchange } from "../../security/raw-http.ts";
import { type Library, startLibrary } from "./harness.ts";

const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const SCRIPT = `console.log("${"x".repeat(2_000)}");`;
const page = (build: number) => `<!doctype html><title>Build ${build}</title>`;

let folder: string;
let library: Library;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-static-"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await build("app", 1, "assets/index-1.js");
  await build("huge", 1, "assets/index-1.js");
  await truncate(join(folder, "huge", "icon.svg"), 65 * 1024 * 1024);
  await symlink(join(folder, "secret.txt"), join(folder, "app", "link.txt"));
  await symlink(folder, join(folder, "app", "out"));
  library = await startLibrary({
    env: {
      STATIC_MOUNTS: `/app=${join(folder, "app")}`,
      STORAGE_PUBLIC_URL: "https://files.test",
    },
  });
});
afterAll(async () => {
  await library.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Writes an app into a folder. */
async function build(name: string, number: number, script: string): Promise<void> {
  const files = {
    "index.html": page(number),
    [script]: SCRIPT,
    "icon.svg": "<svg/>",
    "no-type": "?",
    ".stamp": "secret",
    ".vite/manifest.json": "{}",
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(new URL(path, library.url), { headers, method, redirect: "manual" });

async function notFound(response: Response): Promise<void> {
  const body = await response.json();
  expect([response.status, body]).toMatchObject([404, { errors: [{ extensions: {} }] }]);
  expect(response.headers.get("cache-control")).toBe("no-store");
}

describe("a page", () => {
  test.each(["/app/", "/app/conversations/1", "/app/people/", "/app/sign-in?to=/people/1"])(
    "is what a browser opens at %s",
    async (path) => {
      const response = await get(path, HTML);
      expect([response.status, await response.text()]).toEqual([200, page(1)]);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    },
  );

  test("has a policy that lets it load nothing but our own, and nobody frame it", async () => {
    const { headers } = await get("/app/", HTML);
    const { port } = new URL(library.url);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; " +
        `connect-src 'self' ws://localhost:${port} https://files.test; ` +
        "img-src 'self' blob: data: https://files.test; " +
        "media-src 'self' blob: https://files.test; " +
        "worker-src 'self'; manifest-src 'self'; font-src 'self'; base-uri 'none'; " +
        "form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("is at the path with a slash", async () => {
    const response = await get("/app?x=1", HTML);
    expect([response.status, response.headers.get("location")]).toEqual([302, "/app/?x=1"]);
  });

  test("is not sent again while it is the same", async () => {
    const etag = (await get("/app/", HTML)).headers.get("etag") ?? "";
    for (const condition of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"]) {
      const response = await get("/app/people/1", { ...HTML, "if-none-match": condition });
      expect([response.status, await response.text()]).toEqual([304, ""]);
    }
    expect((await get("/app/", { ...HTML, "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is not what a script or a program gets", async () => {
    await notFound(await get("/app/conversations/1"));
    await notFound(await get("/app/conversations/1", { accept: "application/json" }));
    expect((await get("/app/people/1", HTML, "POST")).status).toBe(404);
  });
});

describe("a file", () => {
  test("with a hashed name is kept for ever, and travels compressed", async () => {
    const path = "/app/assets/index-1.js";
    const compressed = await get(path, { "accept-encoding": "gzip, br" });
    const { headers } = compressed;
    expect(await compressed.text()).toBe(SCRIPT);
    expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(headers.get("content-encoding")).toBe("br");
    expect(headers.get("vary")).toBe("accept-encoding");
    expect(headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const plain = await get(path, { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe(SCRIPT);
  });

  test("with any other name is asked for each time", async () => {
    const { headers } = await get("/app/icon.svg");
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect((await get("/app/no-type")).headers.get("content-type")).toBe(
      "application/octet-stream",
    );
  });

  test("answers HEAD with its headers alone", async () => {
    const response = await get("/app/icon.svg", {}, "HEAD");
    expect(response.headers.get("content-length")).toBe("6");
    expect(await response.text()).toBe("");
  });

  test("that is missing is 404 and never the page", async () => {
    await notFound(await get("/app/assets/index-0.js", HTML));
    await notFound(await get("/app/favicon.ico", HTML));
  });
});

test.each([
  "/app/../secret.txt",
  "/app/..",
  "/app/%2e%2e/secret.txt",
  "/app/..%2fsecret.txt",
  "/app/..%5csecret.txt",
  "/app/assets/../../secret.txt",
  "/app//secret.txt",
  "/app/%00",
  "/app/.stamp",
  "/app/.vite/manifest.json",
  "/app/%2estamp",
  "/app/link.txt",
  "/app/out/secret.txt",
  "/app/out/app/index.html",
  "/app/assets%2findex-1.js",
  "/appx",
  "/APP/",
])("nothing is at %s, for a browser either", async (path) => {
  const head = ["accept: text/html"];
  const { status, body } = await exchange(library.url, { method: "GET", path, head });
  expect([status, body]).toEqual([404, expect.not.stringContaining("secret")]);
  expect(body).not.toContain("Build");
});

test("a new build is served at once, and open pages still find the files of the one before", async () => {
  await build("next", 2, "assets/index-2.js");
  await rename(join(folder, "app"), join(folder, "old"));
  expect((await get("/app/", HTML)).status).toBe(200);
  await rename(join(folder, "next"), join(folder, "app"));
  expect(await (await get("/app/", HTML)).text()).toBe(page(2));
  expect((await get("/app/assets/index-2.js")).status).toBe(200);
  expect((await get("/app/assets/index-1.js")).status).toBe(200);
  await rename(join(folder, "app"), join(folder, "older"));
  await build("app", 3, "assets/index-3.js");
  expect(await (await get("/app/", HTML)).text()).toBe(page(3));
  await notFound(await get("/app/assets/index-1.js"));
});

test.each([
  ["is missing", "nothing", /no app can be served at \/app: .*ENOENT/],
  ["has no page", "app/assets", /has no index\.html/],
  ["is no app but a disk", "huge", /has more than 64 MB/],
])("a router whose folder %s says so and does not start", async (_what, name, reason) => {
  const env = { STATIC_MOUNTS: `/app=${join(folder, name)}` };
  await expect(startLibrary({ env })).rejects.toThrow(reason);
});
