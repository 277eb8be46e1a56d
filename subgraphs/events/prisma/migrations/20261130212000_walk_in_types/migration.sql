-- The ticket types of people who come without a registration.
ALTER TABLE "walk_in" ADD COLUMN "ticket_type_id" UUID;

ALTER TABLE "walk_in" ADD CONSTRAINT "walk_in_ticket_type_id_fkey" FOREIGN KEY ("ticket_type_id") REFERENCES "ticket_type"("id") ON DELETE SET NULL ON UPDATE CASCADE;
