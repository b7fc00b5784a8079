-- Version 13: of how many first pages the fields of a document are.

ALTER TABLE documents ADD COLUMN fields_pages INTEGER NOT NULL DEFAULT 0; -- 0: of all
