import { isEmail, trimBlanks } from '../../dataset/values';
import { countCells, weighEach } from './verdict';

export const weighEmails = weighEach(
	(cell) => typeof cell === 'string' && cell.includes('@') && isEmail(trimBlanks(cell)),
	(fitting) => ({ type: 'email', evidence: `e-mail addresses in ${countCells(fitting)}` }),
);
