-- Devices: installations that people have signed in with.
CREATE TABLE "device" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "device_token_hash_check" CHECK (octet_length("token_hash") = 32),
    CONSTRAINT "device_last_seen_at_check" CHECK ("last_seen_at" >= "first_seen_at")
);
CREATE UNIQUE INDEX "device_token_hash_person_id_key" ON "device"("token_hash", "person_id");
CREATE INDEX "device_person_id_idx" ON "device"("person_id");
CREATE INDEX "device_last_seen_at_idx" ON "device"("last_seen_at");
ALTER TABLE "device" ADD CONSTRAINT "device_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Sessions from before have no device.
ALTER TABLE "session" ADD COLUMN "device_id" UUID;
ALTER TABLE "session" ADD COLUMN "sealed_user_agent" TEXT;
CREATE INDEX "session_device_id_idx" ON "session"("device_id");
ALTER TABLE "session" ADD CONSTRAINT "session_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Budgets of guesses. The key is a keyed hash: it names nobody.
CREATE TABLE "attempt" (
    "key" BYTEA NOT NULL,
    "guesses" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("key"),
    CONSTRAINT "attempt_key_check" CHECK (octet_length("key") = 32),
    CONSTRAINT "attempt_guesses_check" CHECK ("guesses" >= 0)
);
CREATE INDEX "attempt_counted_at_idx" ON "attempt"("counted_at");
