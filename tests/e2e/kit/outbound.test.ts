// Requests to addresses that clients give go to public addresses alone, follow no redirect, and
// end: whatever a name resolves to, and whatever a server answers.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, describe, expect, it, test } from "vitest";
import { allowedRangesSetting, isPublic, mayReach } from "../../../kit/outbound/addresses.ts";
import { createOutbound, OutboundError } from "../../../kit/outbound/outbound.ts";
import { retryAfterMs } from "../../../kit/outbound/retry-after.ts";

const loopback = allowedRangesSetting.parse("127.0.0.0/8");
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: RequestListener) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port, seen };
}

const get = (url: string) => ({ method: "GET", url, headers: {} }) as const;

async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof OutboundError ? error.kind : String(error);
}

const NOT_PUBLIC = [
  "127.0.0.1",
  "0.0.0.0",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "224.0.0.1",
  "::1",
  "::",
  "fd00::1",
  "fe80::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
];

describe("an address that is not public", () => {
  it.each(NOT_PUBLIC)("is refused: %s", async (address) => {
    expect(isPublic(address)).toBe(false);
    const host = address.includes(":") ? `[${address}]` : address;
    expect(mayReach(`https://${host}/`, [])).toBe(false);
    const outbound = createOutbound();
    expect(await failureOf(outbound.send(get(`https://${host}/`)))).toBe("REFUSED");
    await outbound.close();
  });

  it.each(["2130706433", "0x7f.1", "127.1", "017700000001"])(
    "is refused in its other spelling %s",
    async (host) => {
      expect(mayReach(`https://${host}/`, [])).toBe(false);
      const outbound = createOutbound();
      expect(await failureOf(outbound.send(get(`https://${host}/`)))).toBe("REFUSED");
      await outbound.close();
    },
  );

  it.each(NOT_PUBLIC)("is refused behind a name: %s", async (address) => {
    const family = address.includes(":") ? 6 : 4;
    const lookup = ((_host, options, callback) => {
      const found = [
        { address: "93.184.216.34", family: 4 },
        { address, family },
      ];
      if (options.all) callback(null, found);
      else callback(null, address, family);
    }) satisfies LookupFunction;
    const outbound = createOutbound({ lookup });
    expect(await failureOf(outbound.send(get("https://rebound.example/")))).toBe("REFUSED");
    await outbound.close();
  });
});

test("an address that the operator allows is reached, also by plain HTTP, and no other is", async () => {
  const { url, seen } = await serve((_request, response) => response.end("here"));
  const closed = createOutbound();
  expect(await failureOf(closed.send(get(url)))).toBe("REFUSED");
  expect(seen).toEqual([]);
  await closed.close();
  const open = createOutbound({ allowed: loopback });
  expect(await open.send(get(url))).toMatchObject({ status: 200, body: "here" });
  expect(await failureOf(open.send(get("http://93.184.216.34/")))).toBe("REFUSED");
  await open.close();
});

test("a name is looked up once for a connection, which goes to the address that was checked", async () => {
  const { port, seen } = await serve((_request, response) => response.end());
  let lookups = 0;
  const lookup = ((_host, options, callback) => {
    lookups += 1;
    // The second answer of a rebinding server would be another one.
    const address = lookups === 1 ? "127.0.0.1" : "10.0.0.1";
    if (options.all) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  }) satisfies LookupFunction;
  const outbound = createOutbound({ allowed: loopback, lookup });
  const { status } = await outbound.send(get(`http://push.example:${port}/once`));
  expect({ status, lookups, seen }).toEqual({ status: 200, lookups: 1, seen: ["/once"] });
  await outbound.close();
});

test("a redirect is an answer, and is not followed", async () => {
  const target = await serve((_request, response) => response.end());
  const { url } = await serve((_request, response) =>
    response.writeHead(302, { location: target.url }).end(),
  );
  const outbound = createOutbound({ allowed: loopback });
  const { status, headers } = await outbound.send(get(url));
  expect(status).toBe(302);
  expect(headers.location).toBe(target.url);
  expect(target.seen).toEqual([]);
  await outbound.close();
});

test("an answer that is too large, too slow or none is a failure of its kind", async () => {
  const large = await serve((_request, response) => response.end("x".repeat(2_000)));
  const silent = await serve(() => {});
  const dripping = await serve((_request, response) => {
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  });
  const cut = await serve((request) => request.socket.destroy());
  const outbound = createOutbound({ allowed: loopback, bodyBytesMax: 1_000, timeoutMs: 300 });
  expect(await failureOf(outbound.send(get(large.url)))).toBe("TOO_LARGE");
  expect(await failureOf(outbound.send(get(silent.url)))).toBe("TIMEOUT");
  expect(await failureOf(outbound.send(get(dripping.url)))).toBe("TIMEOUT");
  expect(await failureOf(outbound.send(get(cut.url)))).toBe("UNREACHABLE");
  await outbound.close();
});

test.each([
  ["https://push.example/a", true],
  ["https://[2606:2800:220:1::1]/", true],
  ["http://push.example/a", false],
  ["https://user:secret@push.example/", false],
  ["https://localhost/", false],
  ["ftp://push.example/", false],
  ["nothing", false],
])("of %s, a client may give it: %s", (url, expected) => {
  expect(mayReach(url, [])).toBe(expected);
});

test.each([
  ["120", 120_000],
  ["0", 0],
  ["Tue, 01 Dec 2026 12:01:00 GMT", 60_000],
  ["Tue, 01 Dec 2026 11:00:00 GMT", 0],
  ["99999999", 24 * 3_600_000],
  ["soon", undefined],
  [undefined, undefined],
])("a server that says %s is asked again after %s ms", (header, expected) => {
  expect(retryAfterMs(header, new Date("2026-12-01T12:00:00Z"))).toBe(expected);
});
