-- Offers hold seats, and the capacity may go below what is taken.
ALTER TABLE "event" ADD COLUMN "seats_offered" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "event"
    DROP CONSTRAINT "event_seats_taken_check",
    ADD CONSTRAINT "event_seats_taken_check" CHECK ("seats_taken" >= 0),
    ADD CONSTRAINT "event_seats_offered_check" CHECK ("seats_offered" >= 0);

-- The last guard: no update gives seats beyond the capacity. A lower capacity alone is allowed.
CREATE FUNCTION "refuse_oversold_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'event % has no % seats more', NEW.id,
        NEW.seats_taken + NEW.seats_offered - OLD.seats_taken - OLD.seats_offered
        USING ERRCODE = 'check_violation', CONSTRAINT = 'event_seats_guard';
END $$;

CREATE TRIGGER "event_seats_guard" BEFORE UPDATE ON "event" FOR EACH ROW
    WHEN (NEW.seats_taken + NEW.seats_offered > OLD.seats_taken + OLD.seats_offered
        AND NEW.seats_taken + NEW.seats_offered > NEW.capacity)
    EXECUTE FUNCTION "refuse_oversold_event"();

ALTER TABLE "registration"
    DROP CONSTRAINT "registration_confirmed_seq_check",
    ADD CONSTRAINT "registration_confirmed_seq_check"
        CHECK ("status" NOT IN ('CONFIRMED', 'CHECKED_IN', 'NO_SHOW') OR "confirmed_seq" IS NOT NULL),
    DROP CONSTRAINT "registration_cancelled_by_check",
    ADD CONSTRAINT "registration_cancelled_by_check"
        CHECK (("status" IN ('CANCELLED', 'DECLINED', 'EXPIRED')) = ("cancelled_by" IS NOT NULL));

-- One active registration of a person for an event.
CREATE UNIQUE INDEX "registration_active_key" ON "registration"("event_id", "attendee_id")
    WHERE "status" NOT IN ('CANCELLED', 'DECLINED', 'EXPIRED');

DROP INDEX "registration_standing_key";
