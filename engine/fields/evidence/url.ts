import { trimBlanks } from '../../dataset/values';
import { isUrl } from '../types/url';
import { countCells, weighEach } from './verdict';

export const weighUrls = weighEach(
	(cell) => typeof cell === 'string' && isUrl(trimBlanks(cell)),
	(fitting) => ({ type: 'url', evidence: `web addresses in ${countCells(fitting)}` }),
);
