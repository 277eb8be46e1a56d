-- CreateTable
CREATE TABLE "suspension" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "sealed_reason" TEXT NOT NULL,
    "standing_before" "standing" NOT NULL,
    "suspended_by" UUID NOT NULL,
    "suspended_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "suspension_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "suspension_person_id_idx" ON "suspension"("person_id");

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- A person has one suspension that lasts, and moderators list those.
CREATE UNIQUE INDEX "suspension_open_key" ON "suspension"("person_id") WHERE "ended_at" IS NULL;
CREATE INDEX "suspension_open_idx" ON "suspension"("id") WHERE "ended_at" IS NULL;

ALTER TABLE "suspension" ADD CONSTRAINT "suspension_ended_check" CHECK (num_nulls("ended_by", "ended_at") IN (0, 2));
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_before_check" CHECK ("standing_before" <> 'SUSPENDED');
