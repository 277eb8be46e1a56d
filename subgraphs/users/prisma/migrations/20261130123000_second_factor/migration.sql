-- When the person of a session last proved that it is them. Null in sessions that an earlier
-- version began: it was when they began.
ALTER TABLE "session" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);

-- An app that makes codes (TOTP). The pending secret becomes the secret with its first code.
CREATE TABLE "second_factor" (
    "person_id" UUID NOT NULL,
    "secret" TEXT,
    "enabled_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "pending_secret" TEXT,
    "pending_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "second_factor_secret_check" CHECK (("secret" IS NULL) = ("enabled_at" IS NULL)),
    CONSTRAINT "second_factor_pending_check" CHECK (("pending_secret" IS NULL) = ("pending_at" IS NULL))
);
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A recovery code that was not used. Its use deletes it.
CREATE TABLE "recovery_code" (
    "person_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("person_id", "hash"),
    CONSTRAINT "recovery_code_hash_check" CHECK (octet_length("hash") = 32)
);
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "second_factor"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;
