-- The tables that the example of school grades imports into: students, and a report card for each term.
CREATE TABLE IF NOT EXISTS students (
	id INTEGER PRIMARY KEY,
	student_id TEXT NOT NULL UNIQUE,
	first_name TEXT,
	last_name TEXT NOT NULL,
	email TEXT,
	homeroom TEXT
);
CREATE TABLE IF NOT EXISTS report_cards (
	id INTEGER PRIMARY KEY,
	student_id TEXT NOT NULL REFERENCES students (student_id),
	term TEXT NOT NULL,
	grade TEXT,
	absences INTEGER,
	comment TEXT,
	UNIQUE (student_id, term)
);
