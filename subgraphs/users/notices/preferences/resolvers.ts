// Resolvers of preferences: arguments to calls, outcomes to types, minutes to times of the day.

import { badInput, notFound } from "#kit/errors";
import { canonicalTimeZone } from "#kit/input/time-zones";
import { requireViewer } from "#kit/trust/identity";
import type {
  NotificationChannelsInput,
  PreferencesResolvers,
  QuietHoursInput,
  UpdateNotificationPreferencesInput,
} from "../../generated/resolvers.ts";
import { CATEGORIES } from "../categories.ts";
import { USED_CATEGORIES } from "../kinds.ts";
import { personOfToken, updatePreferences, updatePreferencesByToken } from "./actions.ts";
import type { PreferencesChange } from "./store.ts";

export const resolvers: PreferencesResolvers = {
  Query: {
    notificationPreferences: (_root, _args, context) =>
      context.loaders.preferences.load(requireViewer(context).id),

    async notificationPreferencesByToken(_root, { token }, context) {
      const personId = await personOfToken(context, token);
      return personId === null ? null : context.loaders.preferences.load(personId);
    },
  },

  Mutation: {
    async updateNotificationPreferences(_root, { input }, context) {
      const { id } = requireViewer(context);
      if (!(await updatePreferences(context, changeOf(input)))) {
        throw notFound("person", "viewer", id);
      }
      const preferences = await context.loaders.preferences.clear(id).load(id);
      return { __typename: "UpdateNotificationPreferencesSuccess", preferences };
    },

    async updateNotificationPreferencesByToken(_root, { input }, context) {
      const { token, ...change } = input;
      const personId = await updatePreferencesByToken(context, token, changeOf(change));
      if (personId === null) {
        const reason = "This link does not work: the account it belongs to is gone.";
        return { __typename: "InvalidPreferencesTokenProblem", reason };
      }
      const preferences = await context.loaders.preferences.clear(personId).load(personId);
      return { __typename: "UpdateNotificationPreferencesByTokenSuccess", preferences };
    },
  },

  NotificationPreferences: {
    quietHours: ({ quietFrom, quietTo }) =>
      quietFrom === null || quietTo === null
        ? null
        : { from: clockOf(quietFrom), to: clockOf(quietTo) },
    channels: ({ choices }) =>
      USED_CATEGORIES.map((category) => {
        const { EMAIL, PUSH } = choices[category] ?? CATEGORIES[category];
        return { category, isEmailOn: EMAIL, isPushOn: PUSH };
      }),
  },
};

function changeOf({
  digest,
  quietHours,
  timeZone,
  hasPushDetails,
  channels,
}: UpdateNotificationPreferencesInput): PreferencesChange {
  return {
    ...(digest && { digest }),
    ...(quietHours !== undefined && { quiet: quietHours && quietOf(quietHours) }),
    ...(timeZone && { timeZone: canonicalTimeZone(timeZone) ?? timeZone }),
    ...(typeof hasPushDetails === "boolean" && { hasPushDetails }),
    ...(channels && { choices: choicesOf(channels) }),
  };
}

function choicesOf(channels: readonly NotificationChannelsInput[]) {
  return Object.fromEntries(
    channels.map(({ category, isEmailOn, isPushOn }) => [
      category,
      { EMAIL: isEmailOn, PUSH: isPushOn },
    ]),
  );
}

function quietOf({ from, to }: QuietHoursInput) {
  if (from === to) {
    const message = `must not be the beginning, got ${to}`;
    throw badInput([{ field: "input.quietHours.to", message, received: to }]);
  }
  return { from: minuteOf(from), to: minuteOf(to) };
}

const MINUTES = 60;

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * MINUTES + minutes;
}

function clockOf(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / MINUTES))}:${two(minute % MINUTES)}`;
}
