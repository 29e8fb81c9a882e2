import { field, type RecordType } from './record-type';

/** The result of a student in a test or a course. */
export const assessment: RecordType = {
	name: 'assessment',
	label: 'Assessment',
	fields: [
		field('student_id', 'Student ID'),
		field('username', 'Username'),
		field('first_name', 'First name'),
		field('last_name', 'Last name'),
		field('full_name', 'Full name'),
		field('email', 'E-mail', 'email'),
		field('school_name', 'School name'),
		field('department', 'Department'),
		field('course', 'Course'),
		field('section', 'Section'),
		field('term', 'Term'),
		field('teacher', 'Teacher'),
		field('assessment', 'Assessment'),
		field('date', 'Date', 'date'),
		field('score', 'Score', 'decimal'),
		field('max_score', 'Maximum score', 'decimal'),
		field('grade', 'Grade'),
		field('status', 'Status'),
		field('notes', 'Comments'),
	],
};
