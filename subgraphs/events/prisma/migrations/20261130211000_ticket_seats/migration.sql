-- Seats of ticket types.

-- The classes of parties that wait, of each type; those without one have the id of the event in its place.
CREATE INDEX "registration_class_idx" ON "registration"("event_id",
    (COALESCE("ticket_type_id", "event_id")), "party_size", "passes", "requested_seq")
    WHERE "status" = 'WAITLISTED';

DROP INDEX "registration_waiting_idx";

-- The last guard: no update gives seats beyond the capacity, or takes those that reserved types keep.
-- A lower capacity or another seat set aside alone is allowed.
DROP TRIGGER "event_seats_guard" ON "event";

CREATE TRIGGER "event_seats_guard" BEFORE UPDATE ON "event" FOR EACH ROW
    WHEN (NEW.seats_taken + NEW.seats_offered > OLD.seats_taken + OLD.seats_offered
        AND (NEW.seats_taken + NEW.seats_offered > NEW.capacity
            OR NEW.seats_taken + NEW.seats_offered + NEW.seats_set_aside > NEW.capacity
            AND NEW.seats_taken + NEW.seats_offered + NEW.seats_set_aside
                > OLD.seats_taken + OLD.seats_offered + OLD.seats_set_aside))
    EXECUTE FUNCTION "refuse_oversold_event"();

-- Likewise for a type: none beyond its quota, and none of its own that are others' by now. The event's
-- row is updated first.
CREATE FUNCTION "refuse_oversold_type"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_oversold BOOLEAN;
BEGIN
    SELECT NEW.seats_taken + NEW.seats_offered > NEW.quota
        OR NEW.is_reserved AND event.seats_taken + event.seats_offered + event.seats_set_aside
            - greatest(0, NEW.quota - NEW.seats_taken - NEW.seats_offered) > event.capacity
    INTO is_oversold FROM event WHERE event.id = NEW.event_id;
    IF is_oversold THEN
        RAISE EXCEPTION 'ticket type % has no % seats more', NEW.id,
            NEW.seats_taken + NEW.seats_offered - OLD.seats_taken - OLD.seats_offered
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ticket_type_seats_guard';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "ticket_type_seats_guard" AFTER UPDATE ON "ticket_type" FOR EACH ROW
    WHEN (NEW.seats_taken + NEW.seats_offered > OLD.seats_taken + OLD.seats_offered)
    EXECUTE FUNCTION "refuse_oversold_type"();
