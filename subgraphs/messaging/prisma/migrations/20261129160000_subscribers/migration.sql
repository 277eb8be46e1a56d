-- CreateTable
CREATE TABLE "subscriber" (
    "person_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "opening" UUID NOT NULL,
    "is_begun" BOOLEAN NOT NULL DEFAULT false,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscriber_pkey" PRIMARY KEY ("person_id","id")
);

-- CreateTable
CREATE TABLE "subscriber_mark" (
    "person_id" UUID NOT NULL,
    "subscriber_id" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "subscriber_mark_pkey" PRIMARY KEY ("person_id","subscriber_id","stream_id")
);

-- CreateIndex
CREATE INDEX "subscriber_touched_at_idx" ON "subscriber"("touched_at");

-- AddForeignKey
ALTER TABLE "subscriber_mark" ADD CONSTRAINT "subscriber_mark_person_id_subscriber_id_fkey" FOREIGN KEY ("person_id", "subscriber_id") REFERENCES "subscriber"("person_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "subscriber_mark" ADD CONSTRAINT "subscriber_mark_seq_check" CHECK ("seq" >= 0);
