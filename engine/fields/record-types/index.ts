import { activity } from './activity';
import { assessment } from './assessment';
import { company } from './company';
import { contact } from './contact';
import { donation } from './donation';
import { employee } from './employee';
import { enrolment } from './enrolment';
import { lead } from './lead';
import { order } from './order';
import { product } from './product';
import { student } from './student';
import type { RecordType } from './record-type';

export type { RecordType } from './record-type';

/** The kinds of records that are known, in the order in which they are offered. */
export const recordTypes: readonly RecordType[] = [
	contact,
	company,
	lead,
	activity,
	donation,
	order,
	product,
	student,
	enrolment,
	assessment,
	employee,
];
