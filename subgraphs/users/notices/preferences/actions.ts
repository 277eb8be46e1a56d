// Changes how people want to be told: by the viewer, or by the token of a link in a mail.

import { requireViewer } from "#kit/trust/identity";
import type { Sealing } from "#kit/trust/sealing";
import type { Context } from "../../context.ts";
import type { Database } from "../../database.ts";
import { CATEGORIES, CATEGORY_NAMES } from "../categories.ts";
import { isTokenOf, personIn } from "../unsubscribing.ts";
import { findKey, type PreferencesChange, readPreferences, savePreferences } from "./store.ts";

/** False when the viewer's account is gone. */
export async function updatePreferences(
  context: Context,
  change: PreferencesChange,
): Promise<boolean> {
  const { id } = requireViewer(context);
  return savePreferences(context.database, id, change);
}

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
}

/** The person whom a token proves; null for none. */
export async function personOfToken(services: Services, token: string): Promise<string | null> {
  const personId = personIn(token);
  if (personId === null) return null;
  const wrapped = await findKey(services.database, personId);
  if (!wrapped) return null;
  return isTokenOf(services.sealing.of(personId, wrapped), personId, token) ? personId : null;
}

/** The person whose preferences changed; null for a token that is none. */
export async function updatePreferencesByToken(
  services: Services,
  token: string,
  change: PreferencesChange,
): Promise<string | null> {
  const personId = await personOfToken(services, token);
  if (personId === null) return null;
  return (await savePreferences(services.database, personId, change)) ? personId : null;
}

/** Turns the mails of all categories off: one click in a mail program. False: no such token. */
export async function unsubscribe(services: Services, token: string): Promise<boolean> {
  const personId = await personOfToken(services, token);
  if (personId === null) return false;
  const { choices } = await readPreferences(services.database, personId);
  const changed = CATEGORY_NAMES.map((category) => {
    const { PUSH } = choices[category] ?? CATEGORIES[category];
    return [category, { EMAIL: false, PUSH }] as const;
  });
  return savePreferences(services.database, personId, { choices: Object.fromEntries(changed) });
}
