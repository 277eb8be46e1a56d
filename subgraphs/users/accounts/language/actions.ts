// Changes the language of the viewer's account.
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { findUser, type UserRow } from "../../people/profiles/store.ts";
import { saveLanguage } from "./store.ts";

/** The viewer after the change; null when the account is gone. `language` is canonical. */
export async function changeLanguage(context: Context, language: string): Promise<UserRow | null> {
  const { id } = requireViewer(context);
  const isSaved = await saveLanguage(context.database, id, language);
  return isSaved ? findUser(context.database, id) : null;
}
