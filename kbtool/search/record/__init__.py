"""The Whoosh index of record: fields, phrases, filters and boolean queries, for agents."""
