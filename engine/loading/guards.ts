import type { AbsenceCounts } from '../targets';

/** Limits for a run. Where one does not hold, nothing is written. */
export interface Guards {
	/** Rows that the file must have at least, and may have at most. */
	minRows?: number;
	maxRows?: number;
	/** Percent of all rows that may fail, 0 to 100. */
	maxFailedPercent?: number;
	maxInserted?: number;
	maxUpdated?: number;
	/** Percent of the rows of the last file that this one must have at least, where there was one. */
	minPercentOfLast?: number;
}

/** Limits for what becomes of records that are absent from the file. */
export interface AbsenceGuards {
	/** Most records that may be deleted or changed, and most percent of the scope. Default: 10 percent. */
	maxRecords?: number;
	maxPercent?: number;
	/** Whether it may be done although rows of the file could not be read or have no key. Default: no. */
	allowUnreadRows?: boolean;
}

const MOST_ABSENT_PERCENT = 10;

/** What speaks against it that absent records are deleted or changed; undefined when nothing does. */
export function brokenAbsenceGuard(
	{ maxRecords, maxPercent = MOST_ABSENT_PERCENT, allowUnreadRows = false }: AbsenceGuards,
	{ action, absent, scope }: Pick<AbsenceCounts, 'action' | 'absent' | 'scope'>,
	unread: number,
): string | undefined {
	if (absent === 0) return undefined;
	const done = action === 'delete' ? 'deleted' : 'changed';
	if (unread > 0 && !allowUnreadRows) {
		return `${unread} rows of the file could not be read or have no key, so that it is not known which of the ${absent} absent records are really absent; none may be ${done} then`;
	}
	const percent = scope === 0 ? 0 : (100 * absent) / scope;
	if (percent > maxPercent) {
		return `${absent} of ${scope} records are absent from the file (${Math.round(percent * 10) / 10} %), and ${maxPercent} % may be ${done}`;
	}
	if (maxRecords !== undefined && absent > maxRecords) {
		return `${absent} records are absent from the file, and ${maxRecords} may be ${done}`;
	}
	return undefined;
}

/**
 * What does not hold, in a person's words; undefined when all does.
 *
 * @param lastRows rows of the file that was imported last
 */
export function brokenGuard(
	{ minRows, maxRows, maxFailedPercent, maxInserted, maxUpdated, minPercentOfLast }: Guards,
	{ rows, failed, inserted, updated }: Record<'rows' | 'failed' | 'inserted' | 'updated', number>,
	lastRows?: number,
): string | undefined {
	if (minRows !== undefined && rows < minRows) {
		return `The file has ${rows} rows, and must have at least ${minRows}`;
	}
	if (maxRows !== undefined && rows > maxRows) {
		return `The file has ${rows} rows, and may have at most ${maxRows}`;
	}
	if (
		minPercentOfLast !== undefined &&
		lastRows !== undefined &&
		100 * rows < minPercentOfLast * lastRows
	) {
		return `The file has ${rows} rows, the last one had ${lastRows}, and it must have at least ${minPercentOfLast} % of them`;
	}
	const percent = rows === 0 ? 0 : (100 * failed) / rows;
	if (maxFailedPercent !== undefined && percent > maxFailedPercent) {
		return `${failed} of ${rows} rows fail (${Math.round(percent * 10) / 10} %), and ${maxFailedPercent} % may`;
	}
	if (maxInserted !== undefined && inserted > maxInserted) {
		return `${inserted} records would be inserted, and ${maxInserted} may`;
	}
	if (maxUpdated !== undefined && updated > maxUpdated) {
		return `${updated} records would be updated, and ${maxUpdated} may`;
	}
	return undefined;
}
