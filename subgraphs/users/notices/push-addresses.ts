// The address of a device as it is stored: sealed by the key of its person.
import { z } from "zod";
import { PUSH_SERVICES, type PushAddress } from "#kit/push/push";
import type { Seal } from "#kit/trust/sealing";

/** Stored: never change it. */
const PURPOSE = "push.address";

const shape = z.object({
  service: z.enum(PUSH_SERVICES),
  address: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }).nullable(),
});

export function sealedAddress(seal: Seal, { service, address, keys }: PushAddress): string {
  return seal.seal(PURPOSE, JSON.stringify({ service, address, keys }));
}

export function openedAddress(seal: Seal, sealed: string): PushAddress {
  return shape.parse(JSON.parse(seal.open(PURPOSE, sealed)));
}
