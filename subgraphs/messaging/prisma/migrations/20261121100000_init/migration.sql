-- CreateTable
CREATE TABLE "stream" (
    "id" TEXT NOT NULL,
    "last_seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_entry" (
    "stream_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_entry_pkey" PRIMARY KEY ("stream_id","seq")
);

-- AddForeignKey
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_seq_check" CHECK ("seq" > 0);
