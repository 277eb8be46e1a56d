-- Trigram search of people. A trusted extension: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateEnum
CREATE TYPE "intent" AS ENUM ('NETWORKING', 'FIND_WORK', 'HIRE', 'MENTOR', 'FIND_MENTOR', 'FIND_COFOUNDER', 'RAISE_FUNDS', 'INVEST');

-- CreateEnum
CREATE TYPE "user_role" AS ENUM ('USER', 'ORGANIZER', 'MODERATOR', 'ADMIN');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "headline" TEXT,
    "avatar_url" TEXT,
    "bio" TEXT,
    "location" TEXT,
    "languages" TEXT[],
    "skills" TEXT[],
    "interests" TEXT[],
    "intents" "intent"[],
    "name_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "user_id" UUID NOT NULL,
    "role" "user_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("user_id","role")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "hash" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3),
    "sealed_successor" BYTEA,

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "person_name_key_id_idx" ON "person"("name_key", "id");

-- CreateIndex
CREATE INDEX "person_search_text_idx" ON "person" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "credential_email_key" ON "credential"("email");

-- CreateIndex
CREATE INDEX "role_grant_role_user_id_idx" ON "role_grant"("role", "user_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "refresh_token_session_id_idx" ON "refresh_token"("session_id");

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- A person has a name, lists that are never null, and no more than 20 of anything.
ALTER TABLE "person"
    ADD CONSTRAINT "person_display_name_check" CHECK ("display_name" <> ''),
    ADD CONSTRAINT "person_languages_check" CHECK ("languages" IS NOT NULL AND cardinality("languages") <= 20),
    ADD CONSTRAINT "person_skills_check" CHECK ("skills" IS NOT NULL AND cardinality("skills") <= 20),
    ADD CONSTRAINT "person_interests_check" CHECK ("interests" IS NOT NULL AND cardinality("interests") <= 20),
    ADD CONSTRAINT "person_intents_check" CHECK ("intents" IS NOT NULL AND cardinality("intents") <= 20);

-- One address is one account, so it is stored in one form only; nothing but argon2id is ever stored as a password.
ALTER TABLE "credential"
    ADD CONSTRAINT "credential_email_check" CHECK ("email" = lower(btrim("email")) AND "email" <> ''),
    ADD CONSTRAINT "credential_password_hash_check" CHECK ("password_hash" LIKE '$argon2id$%');

ALTER TABLE "session" ADD CONSTRAINT "session_expires_at_check" CHECK ("expires_at" > "created_at");

-- A token is exchanged and has a successor, or neither.
ALTER TABLE "refresh_token"
    ADD CONSTRAINT "refresh_token_hash_check" CHECK (octet_length("hash") = 32),
    ADD CONSTRAINT "refresh_token_sealed_successor_check" CHECK (("rotated_at" IS NULL) = ("sealed_successor" IS NULL));

-- A session has one token that was not exchanged yet: a second child of one token cannot be stored.
CREATE UNIQUE INDEX "refresh_token_live_key" ON "refresh_token"("session_id") WHERE "rotated_at" IS NULL;
