// Reads and changes the viewer's own profile.
import {
  UpdateProfile,
  type UpdateProfileInput,
  UserProfile,
  type UserProfileQuery,
} from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { errorsAtFields } from "@meetinity/ui/components/submission.ts";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { FIELDS, type FieldName } from "./draft.ts";

export type Profile = NonNullable<UserProfileQuery["user"]>;

type ProfileState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "ready"; readonly profile: Profile };

const LOADING: ProfileState = { status: "loading" };

/** Each is another one, so that the profile is read anew. */
const newReading = (id: string) => ({ read: () => client.run(UserProfile, { id }) });

/** The component must be another one for another id. */
export function useProfile(id: string) {
  const [state, setState] = useState(LOADING);
  const [reading, setReading] = useState(() => newReading(id));
  useEffect(() => {
    let isOpen = true;
    const show = (next: ProfileState) => isOpen && setState(next);
    setState(LOADING);
    reading.read().then(
      ({ user }) => user && show({ status: "ready", profile: user }),
      (error: unknown) => show({ status: "failed", error }),
    );
    return () => {
      isOpen = false;
    };
  }, [reading]);
  const retry = useCallback(() => setReading(newReading(id)), [id]);
  return { state, retry };
}

export interface SavingState {
  readonly errors: Partial<Record<FieldName, string>>;
  readonly refusal: string | null;
  readonly isBusy: boolean;
}

export const UNSAVED: SavingState = { errors: {}, refusal: null, isBusy: false };

type Saved = { readonly profile: Profile } | Partial<Pick<SavingState, "errors" | "refusal">>;

/** Saves a change: the profile after it, or why it was refused. Never rejects. */
export function useSave(profile: Profile): (input: UpdateProfileInput) => Promise<Saved> {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation("shell");
  return async (input) => {
    try {
      const { updateProfile: result } = await client.run(
        UpdateProfile,
        { input },
        { isSafeToRepeat: true },
      );
      if (result.__typename === "ReservedNameProblem") {
        return { errors: { displayName: t("reserved") } };
      }
      return { profile: { ...profile, ...result.user } };
    } catch (error) {
      const errors = errorsAtFields(error, FIELDS, common);
      return errors ? { errors } : { refusal: explain(error, common) };
    }
  };
}
