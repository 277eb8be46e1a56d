-- The mails that strangers had us send to an address, so that they cannot send too many.
CREATE TABLE "address_mail" (
    "job_id" UUID NOT NULL,
    "address_hash" BYTEA NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_mail_pkey" PRIMARY KEY ("job_id"),
    CONSTRAINT "address_mail_address_hash_check" CHECK (octet_length("address_hash") = 32)
);
CREATE INDEX "address_mail_address_hash_sent_at_idx" ON "address_mail"("address_hash", "sent_at");
CREATE INDEX "address_mail_sent_at_idx" ON "address_mail"("sent_at");
