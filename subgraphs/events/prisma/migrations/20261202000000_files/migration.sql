-- Files that people send: what is known of each. The bytes are in the storage.

-- CreateEnum
CREATE TYPE "file_state" AS ENUM ('UPLOADING', 'PROCESSING', 'READY', 'REFUSED');

-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" UUID,
    "storage_key" TEXT NOT NULL,
    "upload_id" TEXT,
    "file_name" TEXT,
    "content_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "state" "file_state" NOT NULL,
    "refusal" TEXT,
    "kind" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "duration_ms" INTEGER,
    "placeholder" BYTEA,
    "renditions" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "file_owner_id_idx" ON "file"("owner_id");

-- CreateIndex
CREATE INDEX "file_state_created_at_idx" ON "file"("state", "created_at");

ALTER TABLE "file" ADD CONSTRAINT "file_bytes_check" CHECK ("bytes" > 0);
