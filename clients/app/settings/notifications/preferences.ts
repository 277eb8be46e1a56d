// The wishes of a reader about notifications as React state: a change shows at once, and is taken
// back if it cannot be stored.
import type { NotificationPreferencesQuery } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

type Read = NotificationPreferencesQuery["notificationPreferences"];
export type Channels = Omit<Read["channels"][number], "__typename">;
export type Hours = Omit<NonNullable<Read["quietHours"]>, "__typename">;

export interface Preferences extends Pick<Read, "digest" | "timeZone" | "hasPushDetails"> {
  readonly quietHours: Hours | null;
  readonly channels: readonly Channels[];
}

/** A change of the preferences. */
export type Change = Partial<
  Pick<Preferences, "digest" | "quietHours" | "channels" | "hasPushDetails">
>;

export interface Wishes {
  readonly preferences: Preferences;
  readonly change: (change: Change) => Promise<void>;
}

/** `store` answers with the preferences after a change; null where they are gone. */
export function useWishes(
  read: Preferences,
  store: (change: Change) => Promise<Preferences | null>,
): Wishes {
  const { t } = useTranslation("shell");
  const [shown, setShown] = useState<Preferences | null>(null);
  const last = useRef(0);
  const preferences = shown ?? read;
  async function change(given: Change): Promise<void> {
    last.current += 1;
    const turn = last.current;
    setShown(changed(preferences, given));
    await store(given).then(
      // The answers to earlier changes lack the later ones.
      (stored) => turn === last.current && setShown(stored),
      (error: unknown) => {
        setShown(preferences);
        sayFailure(explain(error, t));
      },
    );
  }
  return { preferences, change };
}

/** A change as mutations take it. */
export function inputOf({ digest, quietHours, channels, hasPushDetails }: Change) {
  return {
    ...(digest && { digest }),
    ...(hasPushDetails !== undefined && { hasPushDetails }),
    ...(quietHours !== undefined && {
      quietHours: quietHours && { from: quietHours.from, to: quietHours.to },
    }),
    ...(channels && {
      channels: channels.map(({ category, isEmailOn, isPushOn }) => ({
        category,
        isEmailOn,
        isPushOn,
      })),
    }),
  };
}

function changed(preferences: Preferences, { channels = [], ...given }: Change): Preferences {
  const chosen = new Map(channels.map((each) => [each.category, each]));
  return {
    ...preferences,
    ...given,
    channels: preferences.channels.map((each) => chosen.get(each.category) ?? each),
  };
}
