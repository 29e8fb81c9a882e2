-- The table of the example with the marketing list.
CREATE TABLE IF NOT EXISTS subscribers (
	id INTEGER PRIMARY KEY,
	email TEXT NOT NULL UNIQUE,
	first_name TEXT,
	last_name TEXT,
	company TEXT,
	postal_code TEXT,
	city TEXT,
	consent TEXT NOT NULL CHECK (consent IN ('yes', 'no')),
	consent_on DATE,
	origin TEXT
);
