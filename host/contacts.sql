-- The table that the example workflows import into: a small address book in SQLite.
CREATE TABLE IF NOT EXISTS contacts (
	id INTEGER PRIMARY KEY,
	email TEXT NOT NULL UNIQUE,
	first_name TEXT,
	last_name TEXT NOT NULL,
	company TEXT,
	phone TEXT,
	birthdate DATE,
	city TEXT,
	country TEXT,
	annual_donation NUMERIC,
	newsletter BOOLEAN NOT NULL DEFAULT 0
);
