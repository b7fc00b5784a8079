-- Version 11: documents that separator pages with a code tell apart in one file.

ALTER TABLE documents ADD COLUMN split_on TEXT NOT NULL DEFAULT '';       -- the code of a separator page; empty: none
ALTER TABLE documents ADD COLUMN separator TEXT NOT NULL DEFAULT 'keep';  -- keep, drop: what becomes of that page
ALTER TABLE documents ADD COLUMN part_of TEXT;                            -- id of the document with the file that came
ALTER TABLE documents ADD COLUMN first_page INTEGER NOT NULL DEFAULT 1;   -- of its file, from 1 on
ALTER TABLE documents ADD COLUMN part_code TEXT NOT NULL DEFAULT '';      -- the code by which it began
CREATE INDEX documents_by_part ON documents (part_of, first_page) WHERE part_of IS NOT NULL;
