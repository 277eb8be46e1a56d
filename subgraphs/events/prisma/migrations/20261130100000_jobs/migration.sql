-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('WAITING', 'DONE', 'GIVEN_UP');

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB,
    "priority" SMALLINT NOT NULL,
    "serial_key" TEXT,
    "state" "job_state" NOT NULL DEFAULT 'WAITING',
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease" UUID,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "job_kind_key_key" ON "job"("kind", "key");


-- What Prisma's schema language cannot say.

ALTER TABLE "job" ADD CONSTRAINT "job_priority_check" CHECK ("priority" BETWEEN 0 AND 2);
ALTER TABLE "job" ADD CONSTRAINT "job_state_check" CHECK (("state" = 'WAITING') = ("finished_at" IS NULL));
ALTER TABLE "job" ADD CONSTRAINT "job_lease_check" CHECK ("lease" IS NULL OR "state" = 'WAITING');
ALTER TABLE "job" ADD CONSTRAINT "job_attempts_check" CHECK ("attempts" >= 0);

-- Which job is due next.
CREATE INDEX "job_due_idx" ON "job"("priority", "due_at", "ordinal") WHERE "state" = 'WAITING';

-- Which jobs of a serial key are before another.
CREATE INDEX "job_serial_idx" ON "job"("serial_key", "ordinal")
WHERE "state" = 'WAITING' AND "serial_key" IS NOT NULL;

-- Of a serial key, one job is held at a time.
CREATE UNIQUE INDEX "job_serial_held_key" ON "job"("serial_key") WHERE "lease" IS NOT NULL;

-- Which finished jobs are old, and which were given up.
CREATE INDEX "job_finished_idx" ON "job"("state", "finished_at", "id") WHERE "state" <> 'WAITING';
