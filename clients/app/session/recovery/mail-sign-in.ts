// Signing in by mail, with the one client of this tab.
import { MailSignIn } from "@meetinity/client";
import { client } from "../../shell/client.ts";

export const mailSignIn = new MailSignIn(client.session);
