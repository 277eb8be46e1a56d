// A mail in the local mailbox, as its JSON has it.

export interface StoredMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: string;
  /** Its Message-ID: a repeated delivery has the same one. */
  readonly id: string;
}
