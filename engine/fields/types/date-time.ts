import { hasTimeOfDay } from '../../dataset/values/date';
import type { CompileType } from './coercion';
import { compileDateType } from './date-coercion';

/**
 * A day and a time as `YYYY-MM-DDTHH:MM:SS[.fff][Z|±hh:mm]`, with the zone only where one is written. A date alone is the
 * beginning of its day.
 */
export const compileDateTime: CompileType = (field, column) =>
	compileDateType(field, column, (iso) => (hasTimeOfDay(iso) ? iso : `${iso}T00:00:00`));
