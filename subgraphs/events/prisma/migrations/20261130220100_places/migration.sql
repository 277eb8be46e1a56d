-- The words of an event's venue, to find events by place. Rows without them are folded when a process
-- starts, as those of an older version of the fold.
ALTER TABLE "event" ADD COLUMN "venue_text" TEXT;
