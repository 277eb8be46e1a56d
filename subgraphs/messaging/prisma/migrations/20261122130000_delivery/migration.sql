-- CreateTable
CREATE TABLE "delivery" (
    "session_id" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("session_id","stream_id")
);

-- CreateIndex
CREATE INDEX "delivery_person_id_touched_at_idx" ON "delivery"("person_id", "touched_at");

-- What Prisma's schema language cannot say.

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_seq_check" CHECK ("seq" >= 0);
