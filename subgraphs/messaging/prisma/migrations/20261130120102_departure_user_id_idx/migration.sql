-- CreateIndex
CREATE INDEX CONCURRENTLY "departure_user_id_idx" ON "departure"("user_id");
