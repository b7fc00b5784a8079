-- Version 6: a document may have several pages.

ALTER TABLE documents ADD COLUMN page_count INTEGER NOT NULL DEFAULT 0;   -- 0: the file was not opened yet
UPDATE documents SET page_count=1 WHERE seq IN (SELECT document_seq FROM pages);

CREATE TABLE numbered_pages (
    document_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    number INTEGER NOT NULL,          -- from 1 on
    page TEXT NOT NULL,               -- JSON, as `lince read -f ndjson` writes it; of a page that failed its error
    PRIMARY KEY (document_seq, number)
);
INSERT INTO numbered_pages (document_seq, number, page) SELECT document_seq, 1, page FROM pages;
DROP TABLE pages;
ALTER TABLE numbered_pages RENAME TO pages;

-- The pages of a reading in work: they take the place of the document's when it ends.
CREATE TABLE job_pages (
    document_seq INTEGER NOT NULL REFERENCES jobs (document_seq) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    page TEXT NOT NULL,
    PRIMARY KEY (document_seq, number)
);
