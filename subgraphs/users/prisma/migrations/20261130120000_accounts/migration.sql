-- What a person may do at all, and the versions by which others learn of a change.
CREATE TYPE "standing" AS ENUM ('UNVERIFIED', 'ACTIVE', 'SUSPENDED', 'LEAVING');
ALTER TABLE "person" ADD COLUMN "standing" "standing" NOT NULL DEFAULT 'ACTIVE';
ALTER TABLE "person" ADD COLUMN "standing_version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "person" ADD COLUMN "token_version" INTEGER NOT NULL DEFAULT 0;

-- Whoever has an account keeps their address: it counts as verified.
ALTER TABLE "credential" ADD COLUMN "verified_at" TIMESTAMPTZ(3) DEFAULT now();
ALTER TABLE "credential" ALTER COLUMN "verified_at" DROP DEFAULT;

-- Many may claim an address; one account owns it.
CREATE UNIQUE INDEX "credential_owner_key" ON "credential"("email") WHERE "verified_at" IS NOT NULL;
CREATE INDEX "credential_email_idx" ON "credential"("email");
DROP INDEX "credential_email_key";

-- Links, codes and challenges that work once.
CREATE TABLE "one_time" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "code_hash" BYTEA,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sealed" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "one_time_hashes_check" CHECK (octet_length("token_hash") = 32 AND ("code_hash" IS NULL OR octet_length("code_hash") = 32)),
    CONSTRAINT "one_time_expires_at_check" CHECK ("expires_at" > "created_at")
);
CREATE UNIQUE INDEX "one_time_token_hash_key" ON "one_time"("token_hash");
CREATE INDEX "one_time_person_id_kind_created_at_idx" ON "one_time"("person_id", "kind", "created_at");
CREATE INDEX "one_time_expires_at_idx" ON "one_time"("expires_at");
ALTER TABLE "one_time" ADD CONSTRAINT "one_time_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
