// The settings of a person for a conversation, after a change. Pure.

/** Settings as they are stored. */
export interface Settings {
  readonly isMuted: boolean;
  /** Null for ever. */
  readonly mutedUntil: Date | null;
  /** The number of messages when it was archived; null unless it was. */
  readonly archivedCount: number | null;
  /** The number of messages when it was hidden; null unless it was. */
  readonly hiddenCount: number | null;
  readonly isFavourite: boolean;
  readonly isMarkedUnread: boolean;
}

export type SettingChange =
  | { readonly kind: "mute"; readonly isMuted: boolean; readonly until: Date | null }
  | { readonly kind: "archive"; readonly isArchived: boolean }
  | { readonly kind: "favourite"; readonly isFavourite: boolean }
  | { readonly kind: "markUnread"; readonly isUnread: boolean }
  | { readonly kind: "hide" | "show" };

/** The settings after a change, in a conversation with this many messages. */
export function changed(settings: Settings, change: SettingChange, messageCount: number): Settings {
  switch (change.kind) {
    case "mute":
      return {
        ...settings,
        isMuted: change.isMuted,
        mutedUntil: change.isMuted ? change.until : null,
      };
    case "archive":
      return { ...settings, archivedCount: change.isArchived ? messageCount : null };
    case "favourite":
      return { ...settings, isFavourite: change.isFavourite };
    case "markUnread":
      return { ...settings, isMarkedUnread: change.isUnread };
    case "hide":
      return { ...settings, hiddenCount: messageCount };
    case "show":
      return { ...settings, hiddenCount: null };
  }
}

/** Whether two settings are the same, so that nothing is stored and nobody is told. */
export function isSame(one: Settings, other: Settings): boolean {
  return (
    one.isMuted === other.isMuted &&
    one.mutedUntil?.getTime() === other.mutedUntil?.getTime() &&
    one.archivedCount === other.archivedCount &&
    one.hiddenCount === other.hiddenCount &&
    one.isFavourite === other.isFavourite &&
    one.isMarkedUnread === other.isMarkedUnread
  );
}
