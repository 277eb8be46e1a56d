// Registers and removes the devices of the viewer to which notifications are pushed.
import { createHash } from "node:crypto";
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { mayReach } from "#kit/outbound/addresses";
import { isPoint } from "#kit/push/web-keys";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { sealOf } from "../../sealing.ts";
import { sealedAddress } from "../push-addresses.ts";
import { type GivenAddress, type Mistake, mistakeIn } from "./rules.ts";
import {
  deletePushSubscription,
  keepNewest,
  lockPerson,
  type StoredPushSubscription,
  savePushSubscription,
} from "./store.ts";

const MOST = 20;

export type RegisterOutcome =
  | { readonly kind: "registered"; readonly subscription: StoredPushSubscription }
  | { readonly kind: "wrong"; readonly mistake: Mistake }
  | { readonly kind: "gone" };

/** Lets the notifications of the viewer come to a device. */
export async function registerPushSubscription(
  context: Context,
  given: GivenAddress,
): Promise<RegisterOutcome> {
  const { id: personId, sessionId } = requireViewer(context);
  const { service, address } = given;
  const mistake = mistakeIn(given, {
    mayReach: (url) => mayReach(url, context.outboundAllowed),
    isPoint,
  });
  if (mistake) return { kind: "wrong", mistake };
  return inTransaction(context.database, async (tx) => {
    if (!(await lockPerson(tx, personId))) return { kind: "gone" };
    const seal = await sealOf(tx, context, personId);
    const subscription = await savePushSubscription(tx, {
      id: newId(),
      personId,
      sessionId,
      service,
      addressHash: new Uint8Array(createHash("sha256").update(address).digest()),
      sealedAddress: sealedAddress(seal, given),
      registeredAt: context.now(),
    });
    await keepNewest(tx, personId, MOST);
    return { kind: "registered", subscription };
  });
}

/** Ends pushes to a device. False for a device that is not the viewer's. */
export async function removePushSubscription(context: Context, id: string): Promise<boolean> {
  const { id: personId } = requireViewer(context);
  return isId(id) && deletePushSubscription(context.database, personId, id);
}
