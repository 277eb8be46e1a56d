// The settings: their list, and each page of them.
import type { Meta } from "@storybook/react-vite";
import { inDays, inMinutes } from "../../stories/fixtures/moments.ts";
import { ada } from "../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Settings" };
export default meta;

function session(id: string, browser: string | null, more: object = {}) {
  const device = { kind: "COMPUTER", browser, system: "Linux" };
  const times = { createdAt: inDays(-30), lastSeenAt: inMinutes(-9_000) };
  return { id, device, ...times, ...more };
}

const SESSIONS = connection([
  session("here", "Firefox", { isCurrent: true, lastSeenAt: inMinutes(0) }),
  session("phone", "Safari", { device: { kind: "PHONE", browser: "Safari", system: "iOS" } }),
  session("unknown", null, { device: { kind: "UNKNOWN", browser: null, system: null } }),
]);

type Page = "look" | "account" | "security" | "devices" | "privacy";

const CATEGORIES = ["REGISTRATIONS", "EVENTS", "MESSAGES", "ACCOUNT"];
const channels = CATEGORIES.map((category) => ({ category, isEmailOn: true, isPushOn: false }));
const preferences = { digest: "DAILY", hasPushDetails: true, timeZone: "Europe/Paris", channels };
const quietHours = { from: "22:00", to: "07:00" };

const withPreferences = (of: unknown) =>
  screen("/settings/notifications", { Query: { me: ada, notificationPreferences: of } });

const withAccount = (page: Page, more: object = {}) =>
  screen(`/settings/${page}`, { Query: { me: { ...ada, sessions: SESSIONS, ...more } } });

export const List = screen("/settings", { Query: { me: ada } });
export const Look = withAccount("look");
export const Account = withAccount("account");
export const AddressChanging = withAccount("account", { pendingEmail: "countess@example.org" });
export const AddressUnconfirmed = withAccount("account", { isEmailVerified: false });
export const Security = withAccount("security");
export const SecondFactorOn = withAccount("security", {
  hasSecondFactor: true,
  recoveryCodesLeft: 2,
});
export const Devices = withAccount("devices");
export const Notifications = withPreferences({ ...preferences, quietHours });
export const NotificationsNeverQuiet = withPreferences({ ...preferences, quietHours: null });
export const NotificationsLoading = withPreferences(never);
export const NotificationsFailed = withPreferences(broken);
export const MailPreferences = screen("/mail-preferences?token=x", {
  Query: { notificationPreferencesByToken: { ...preferences, quietHours } },
});
export const MailPreferencesInvalid = screen("/mail-preferences?token=x", {
  Query: { notificationPreferencesByToken: null },
});
export const Privacy = withAccount("privacy");
export const Loading = screen("/settings/devices", { Query: { me: never } });
export const Failed = screen("/settings/account", { Query: { me: broken } });
export const Offline = screen("/settings/account", { isOffline: true });
