import { readTime, trimBlanks } from '../../dataset/values';
import { countCells, weighEach } from './verdict';

export const weighTimes = weighEach(
	(cell) => typeof cell === 'string' && readTime(trimBlanks(cell)) !== undefined,
	(fitting) => ({ type: 'time', format: {}, evidence: `times of day in ${countCells(fitting)}` }),
);
