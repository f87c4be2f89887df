"""`preview`: one text of content/ in the real reader, read again whenever it is saved."""
