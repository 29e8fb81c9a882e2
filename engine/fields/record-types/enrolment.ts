import { field, type RecordType } from './record-type';

/** A student in a course. */
export const enrolment: RecordType = {
	name: 'enrolment',
	label: 'Enrolment',
	fields: [
		field('record_id', 'Record ID'),
		field('student_id', 'Student ID', 'text', { required: true }),
		field('username', 'Username'),
		field('first_name', 'First name'),
		field('last_name', 'Last name'),
		field('full_name', 'Full name'),
		field('email', 'E-mail', 'email'),
		field('course_id', 'Course ID'),
		field('course', 'Course'),
		field('section', 'Section'),
		field('term', 'Term'),
		field('school_id', 'School ID'),
		field('school_name', 'School name'),
		field('grade_level', 'Grade level'),
		field('teacher', 'Teacher'),
		field('role', 'Role', 'text', {
			options: ['Student', 'Teacher', 'Assistant', 'Administrator'],
		}),
		field('enrolment_date', 'Enrolment date', 'date'),
		field('start_date', 'Start date', 'date'),
		field('end_date', 'End date', 'date'),
		field('enrolment_status', 'Enrolment status'),
	],
};
