-- CreateTable
CREATE TABLE "registration_export" (
    "token_hash" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "is_admin" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "registration_export_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "registration_export_expires_at_idx" ON "registration_export"("expires_at");
