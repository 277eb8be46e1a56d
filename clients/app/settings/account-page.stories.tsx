// The account: address, password, second factor, devices, leaving.
import type { Meta } from "@storybook/react-vite";
import { inDays, inMinutes } from "../../stories/fixtures/moments.ts";
import { ada } from "../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Account" };
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

const withAccount = (more: object) =>
  screen("/settings/account", { Query: { me: { ...ada, sessions: SESSIONS, ...more } } });

export const Full = withAccount({});
export const SecondFactorOn = withAccount({ hasSecondFactor: true, recoveryCodesLeft: 2 });
export const AddressChanging = withAccount({ pendingEmail: "countess@example.org" });
export const AddressUnconfirmed = withAccount({ isEmailVerified: false });
export const Loading = screen("/settings/account", { Query: { me: never } });
export const Failed = screen("/settings/account", { Query: { me: broken } });
export const Offline = screen("/settings/account", { isOffline: true });
