-- CreateIndex
CREATE INDEX CONCURRENTLY "person_name_skeleton_id_idx" ON "person"("name_skeleton", "id");
