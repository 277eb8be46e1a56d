-- AlterTable
ALTER TABLE "event"
    ADD COLUMN "ticket_type_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "seats_set_aside" INTEGER NOT NULL DEFAULT 0,
    ADD CONSTRAINT "event_seats_set_aside_check" CHECK ("seats_set_aside" >= 0);

ALTER TABLE "registration" ADD COLUMN "ticket_type_id" UUID;

-- CreateTable
CREATE TABLE "ticket_type" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "price_minor" INTEGER,
    "currency" TEXT,
    "quota" INTEGER,
    "is_reserved" BOOLEAN NOT NULL,
    "is_hidden" BOOLEAN NOT NULL,
    "code_hash" TEXT,
    "party_size_max" INTEGER,
    "seats_taken" INTEGER NOT NULL DEFAULT 0,
    "seats_offered" INTEGER NOT NULL DEFAULT 0,
    "waitlist_length" INTEGER NOT NULL DEFAULT 0,
    "pending_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "ticket_type_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ticket_type_price_check"
        CHECK (("price_minor" IS NULL) = ("currency" IS NULL) AND "price_minor" > 0),
    CONSTRAINT "ticket_type_quota_check" CHECK ("quota" > 0),
    CONSTRAINT "ticket_type_reserved_check" CHECK (NOT "is_reserved" OR "quota" IS NOT NULL),
    CONSTRAINT "ticket_type_code_check" CHECK ("is_hidden" = ("code_hash" IS NOT NULL)),
    CONSTRAINT "ticket_type_party_size_max_check" CHECK ("party_size_max" BETWEEN 1 AND 100),
    CONSTRAINT "ticket_type_counters_check" CHECK ("seats_taken" >= 0 AND "seats_offered" >= 0
        AND "waitlist_length" >= 0 AND "pending_count" >= 0)
);

-- CreateIndex
CREATE INDEX "ticket_type_event_id_position_idx" ON "ticket_type"("event_id", "position");

-- CreateIndex
CREATE INDEX "registration_ticket_type_id_requested_seq_idx" ON "registration"("ticket_type_id", "requested_seq");

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_ticket_type_id_fkey" FOREIGN KEY ("ticket_type_id") REFERENCES "ticket_type"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_type" ADD CONSTRAINT "ticket_type_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
