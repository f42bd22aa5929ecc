-- Whether the story says that the file must not leave the site (`distributable: false`): that counts in every story that shows it.
ALTER TABLE media_uses ADD COLUMN is_marked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_uses_marked ON media_uses (path) WHERE is_marked = 1;
