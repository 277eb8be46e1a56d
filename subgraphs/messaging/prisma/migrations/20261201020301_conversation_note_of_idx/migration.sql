-- One note to self of a person.
CREATE UNIQUE INDEX CONCURRENTLY "conversation_note_of_key" ON "conversation"("note_of");
