// Changes one setting of a conversation for the viewer alone.
import type { Context } from "./context.ts";
import { changeOwn } from "./own-changes.ts";
import { settingsChanged } from "./own-entries.ts";
import { changed, isSame, type SettingChange } from "./settings/rules.ts";
import { findSettings, saveSettings } from "./settings/store.ts";

/**
 * Changes a setting; the id is canonical. False when the conversation does not exist for the
 * viewer. Nothing is told when nothing changes.
 */
export async function changeSetting(
  context: Context,
  conversationId: string,
  change: SettingChange,
): Promise<boolean> {
  const done = await changeOwn(context, async ({ tx, append }, viewerId) => {
    const found = await findSettings(tx, conversationId, viewerId);
    if (!found) return null;
    const { messageCount, ...settings } = found;
    const next = changed(settings, change, messageCount);
    if (isSame(settings, next)) return "same";
    await saveSettings(tx, conversationId, viewerId, next);
    await append([settingsChanged(viewerId, conversationId)]);
    return "changed";
  });
  return done !== null;
}
