import { hasTimeOfDay } from '../../dataset/values/date';
import { Misfit, quoted } from '../misfit';
import type { CompileType } from './coercion';
import { compileDateType } from './date-coercion';

const DATE_LENGTH = 'YYYY-MM-DD'.length;

const midnight = /T00:00:00(?:\.0+)?(?:$|[Z+-])/;

/**
 * A day as `YYYY-MM-DD`. A time of day is dropped when it is midnight, which is how programs write a plain date into a
 * date-time; any other time is a misfit with CELL_DATE, because dropping it would lose something. The day is the one that
 * is written, whatever the zone.
 */
export const compileDate: CompileType = (field, column) =>
	compileDateType(field, column, (iso, text) => {
		if (!hasTimeOfDay(iso)) return iso;
		if (midnight.test(iso)) return iso.slice(0, DATE_LENGTH);
		return new Misfit('CELL_DATE', `${quoted(text)} has a time of day, and the field holds a date`);
	});
