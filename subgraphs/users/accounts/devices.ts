// Knows devices again, and tells people of sign-ins that may not be theirs. Every session begins on
// a device: a client without a device token gets one.
import { newId } from "#kit/data/id";
import type { RequestClient } from "#kit/trust/client";
import type { Sealing } from "#kit/trust/sealing";
import type { Transaction } from "../database.ts";
import { writeTo } from "../mailing.ts";
import { sealOf } from "../sealing.ts";
import { type Agent, agentOf } from "./devices/agents.ts";
import { newDevice, sessionStolen } from "./devices/mails.ts";
import { oldBefore } from "./devices/rules.ts";
import { findSessionOwner, forgetDevices, useDevice } from "./devices/store.ts";
import { deviceTokenHash, newDeviceToken } from "./devices/tokens.ts";
import { idleLimit } from "./sessions/rules.ts";

/** Stored: never change it. */
const USER_AGENT_PURPOSE = "session.user-agent";

interface Services {
  readonly sealing: Sealing;
  now(): Date;
}

export interface SignedInPerson {
  readonly personId: string;
  /** Whether mail to their address reaches them, and not a stranger. */
  readonly isVerified: boolean;
  /** As the client sent it. */
  readonly deviceToken: string | null;
}

/** The device of a session that begins. */
export interface SessionDevice {
  readonly id: string;
  /** For the client to keep, and to send when it signs in again. */
  readonly token: string;
  readonly sealedUserAgent: string | null;
}

/**
 * Makes a device known to a person's account, for somebody who has proved that it is theirs. It
 * tells nobody.
 */
export async function rememberDevice(
  tx: Transaction,
  { now: clock }: Pick<Services, "now">,
  { personId, deviceToken }: Pick<SignedInPerson, "personId" | "deviceToken">,
): Promise<{ readonly id: string; readonly token: string; readonly isNews: boolean }> {
  const now = clock();
  const fresh = newDeviceToken();
  const { id, isKept, isNews } = await useDevice(tx, {
    personId,
    id: newId(),
    givenHash: deviceToken ? deviceTokenHash(deviceToken) : null,
    freshHash: deviceTokenHash(fresh),
    now,
    oldBefore: oldBefore(now),
  });
  return { id, isNews, token: isKept && deviceToken ? deviceToken : fresh };
}

/**
 * Notes the device on which a person signs in. One that is new to them is told by mail, but for the
 * first one of a new account.
 */
export async function deviceOfSession(
  tx: Transaction,
  context: Services & { readonly client: RequestClient },
  { isVerified, ...whose }: SignedInPerson,
): Promise<SessionDevice> {
  const { client } = context;
  const { personId } = whose;
  const { id, token, isNews } = await rememberDevice(tx, context, whose);
  if (isNews && isVerified) {
    const { browser, system } = agentOf(client.userAgent);
    const params = { browser, system, at: context.now().toISOString(), address: client.address };
    await writeTo(tx, context, newDevice, { personId, params, key: `device.${id}` });
  }
  const seal = client.userAgent === null ? null : await sealOf(tx, context, personId);
  return {
    id,
    token,
    sealedUserAgent: seal && client.userAgent && seal.seal(USER_AGENT_PURPOSE, client.userAgent),
  };
}

/** A session that was last used at this time or earlier has ended. */
export function idleSince(now: Date): Date {
  return idleLimit(now);
}

/** The sealed part of a session, for its person alone. */
export function agentOfSession(
  sealing: Sealing,
  personId: string,
  { wrapped, sealedUserAgent }: { wrapped: Uint8Array | null; sealedUserAgent: string | null },
): Agent {
  if (!wrapped || !sealedUserAgent) return agentOf(null);
  return agentOf(sealing.of(personId, wrapped).open(USER_AGENT_PURPOSE, sealedUserAgent));
}

/** Tells a person of a session that was ended because its refresh token was stolen. */
export async function tellOfTheft(
  tx: Transaction,
  context: Services,
  session: { readonly id: string; readonly userId: string },
): Promise<void> {
  const { id, userId: personId } = session;
  const owner = await findSessionOwner(tx, id);
  // Whoever has copied the refresh token may have copied the device token as well.
  await forgetDevices(tx, [id]);
  if (!owner?.isVerified) return;
  const seal = await sealOf(tx, context, personId);
  const sealed = owner.sealedUserAgent;
  const { browser, system } = agentOf(sealed && seal.open(USER_AGENT_PURPOSE, sealed));
  const params = { browser, system };
  await writeTo(tx, context, sessionStolen, { personId, params, key: `session.${id}` });
}
