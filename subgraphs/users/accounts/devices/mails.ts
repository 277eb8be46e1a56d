// The mails about sign-ins that the person may not have made.
import { z } from "zod";
import { type Links, mailKind } from "#kit/mail/kinds";
import type { MailLanguage } from "#kit/mail/layout";

const agent = z.object({ browser: z.string().nullable(), system: z.string().nullable() });

const newDeviceParams = agent.extend({ at: z.iso.datetime(), address: z.string().nullable() });

const LOCALES: Readonly<Record<MailLanguage, string>> = { en: "en-GB", fr: "fr-FR" };
const UNKNOWN: Readonly<Record<MailLanguage, string>> = {
  en: "an unknown device",
  fr: "un appareil inconnu",
};
const ON: Readonly<Record<MailLanguage, string>> = { en: "on", fr: "sur" };

/** `Firefox on Windows`, or what is known of it. */
function nameOf({ browser, system }: z.output<typeof agent>, language: MailLanguage): string {
  if (browser && system) return `${browser} ${ON[language]} ${system}`;
  return browser ?? system ?? UNKNOWN[language];
}

/** In UTC: the person's time zone is not known. */
function timeOf(at: string, language: MailLanguage): string {
  const format = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(LOCALES[language], format).format(new Date(at))} UTC`;
}

const resetUrl = (links: Links) => links.to("/app/forgot-password");
const devicesUrl = (links: Links) => links.to("/app/settings/devices");

export const newDevice = mailKind("device.new", newDeviceParams, {
  en: ({ at, address, ...device }, links, { displayName }) => ({
    subject: `New sign-in: ${nameOf(device, "en")}`,
    lines: [
      `Hello ${displayName},`,
      "somebody has signed in to your account on a device that we had not seen before.",
      `Device: ${nameOf(device, "en")}`,
      `When: ${timeOf(at, "en")}`,
      ...(address ? [`From the address: ${address}`] : []),
      "If this was you, there is nothing to do. If this was not you, choose a new password: " +
        "that signs out all devices.",
    ],
    action: { label: "This was not me: choose a new password", url: resetUrl(links) },
    after: [`All devices that are signed in: ${devicesUrl(links)}`],
  }),
  fr: ({ at, address, ...device }, links, { displayName }) => ({
    subject: `Nouvelle connexion : ${nameOf(device, "fr")}`,
    lines: [
      `Bonjour ${displayName},`,
      "quelqu’un s’est connecté à votre compte sur un appareil que nous n’avions encore jamais vu.",
      `Appareil : ${nameOf(device, "fr")}`,
      `Date : ${timeOf(at, "fr")}`,
      ...(address ? [`Depuis l’adresse : ${address}`] : []),
      "Si c’était vous, il n’y a rien à faire. Si ce n’était pas vous, choisissez un nouveau mot " +
        "de passe : cela déconnecte tous les appareils.",
    ],
    action: {
      label: "Ce n’était pas moi : choisir un nouveau mot de passe",
      url: resetUrl(links),
    },
    after: [`Tous les appareils connectés : ${devicesUrl(links)}`],
  }),
});

export const sessionStolen = mailKind("session.stolen", agent, {
  en: (device, links, { displayName }) => ({
    subject: "We have ended one of your sessions",
    lines: [
      `Hello ${displayName},`,
      `we have signed out ${nameOf(device, "en")}. A key of that session was used twice, so ` +
        "somebody else may have copied it.",
      "Sign in again on that device. If you do not trust it any more, choose a new password on " +
        "another one.",
    ],
    action: { label: "Choose a new password", url: resetUrl(links) },
    after: [`All devices that are signed in: ${devicesUrl(links)}`],
  }),
  fr: (device, links, { displayName }) => ({
    subject: "Nous avons mis fin à une de vos sessions",
    lines: [
      `Bonjour ${displayName},`,
      `nous avons déconnecté ${nameOf(device, "fr")}. Une clé de cette session a servi deux ` +
        "fois : quelqu’un d’autre l’a peut-être copiée.",
      "Reconnectez-vous sur cet appareil. Si vous ne lui faites plus confiance, choisissez un " +
        "nouveau mot de passe sur un autre.",
    ],
    action: { label: "Choisir un nouveau mot de passe", url: resetUrl(links) },
    after: [`Tous les appareils connectés : ${devicesUrl(links)}`],
  }),
});
