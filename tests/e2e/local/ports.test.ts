// Which ports `npm start` takes as free: the router listens on both addresses of localhost.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { isPortFree } from "../../../local/ports.ts";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

test.runIf(hasIpv6)("a port that another program has on ::1 is taken for localhost", async () => {
  const other = createServer().listen(0, "::1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  expect(await isPortFree(port)).toBe(false);
  expect(await isPortFree(port, "localhost")).toBe(false);
  expect(await isPortFree(port, "127.0.0.2")).toBe(true);
  other.close();
  await once(other, "close");
  expect(await isPortFree(port)).toBe(true);
});
