-- CreateEnum
CREATE TYPE "topic_kind" AS ENUM ('SKILL', 'INTEREST');

-- CreateEnum
CREATE TYPE "suggestion_answer" AS ENUM ('ACCEPT', 'DECLINE', 'LATER');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "intents" TEXT[],
    "languages" TEXT[],
    "location" TEXT,
    "place" TEXT,
    "skills" TEXT[],
    "interests" TEXT[],

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_topic" (
    "person_id" UUID NOT NULL,
    "kind" "topic_kind" NOT NULL,
    "topic" TEXT NOT NULL,
    "wording" TEXT NOT NULL,

    CONSTRAINT "person_topic_pkey" PRIMARY KEY ("person_id","kind","topic")
);

-- CreateTable
CREATE TABLE "topic_use" (
    "kind" "topic_kind" NOT NULL,
    "topic" TEXT NOT NULL,
    "people" INTEGER NOT NULL,

    CONSTRAINT "topic_use_pkey" PRIMARY KEY ("kind","topic")
);

-- CreateTable
CREATE TABLE "block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "is_blocked" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_run" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "match_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suggestion" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "person_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "answer" "suggestion_answer" NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "rests_until" TIMESTAMPTZ(3),

    CONSTRAINT "answer_pkey" PRIMARY KEY ("person_id","user_id")
);

-- CreateTable
CREATE TABLE "match" (
    "id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_intents_idx" ON "person" USING GIN ("intents");

-- CreateIndex
CREATE INDEX "person_topic_kind_topic_person_id_idx" ON "person_topic"("kind", "topic", "person_id");

-- CreateIndex
CREATE INDEX "registration_person_id_status_idx" ON "registration"("person_id", "status");

-- CreateIndex
CREATE INDEX "registration_event_id_status_idx" ON "registration"("event_id", "status");

-- CreateIndex
CREATE INDEX "match_run_person_id_created_at_idx" ON "match_run"("person_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "suggestion_run_id_rank_key" ON "suggestion"("run_id", "rank");

-- CreateIndex
CREATE INDEX "match_first_id_id_idx" ON "match"("first_id", "id");

-- CreateIndex
CREATE INDEX "match_second_id_id_idx" ON "match"("second_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "match_first_id_second_id_key" ON "match"("first_id", "second_id");

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "match_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "suggestion"
    ADD CONSTRAINT "suggestion_rank_check" CHECK ("rank" > 0),
    ADD CONSTRAINT "suggestion_score_check" CHECK ("score" BETWEEN 0 AND 1),
    ADD CONSTRAINT "suggestion_user_id_check" CHECK ("user_id" <> "person_id");

ALTER TABLE "answer" ADD CONSTRAINT "answer_user_id_check" CHECK ("user_id" <> "person_id");

-- One row for a pair, whoever of the two comes first.
ALTER TABLE "match" ADD CONSTRAINT "match_pair_check" CHECK ("first_id" < "second_id");
