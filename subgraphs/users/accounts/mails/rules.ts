// The purpose for which the parameters of mails are sealed. Stored: never change it.

export const MAIL_PURPOSE = "mail";
