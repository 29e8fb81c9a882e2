/** Limits for a run. Where one does not hold, nothing is written. */
export interface Guards {
	/** Rows that the file must have at least, and may have at most. */
	minRows?: number;
	maxRows?: number;
	/** Percent of all rows that may fail, 0 to 100. */
	maxFailedPercent?: number;
	maxInserted?: number;
	maxUpdated?: number;
}

/** What does not hold, in a person's words; undefined when all does. */
export function brokenGuard(
	{ minRows, maxRows, maxFailedPercent, maxInserted, maxUpdated }: Guards,
	{ rows, failed, inserted, updated }: Record<'rows' | 'failed' | 'inserted' | 'updated', number>,
): string | undefined {
	if (minRows !== undefined && rows < minRows) {
		return `The file has ${rows} rows, and must have at least ${minRows}`;
	}
	if (maxRows !== undefined && rows > maxRows) {
		return `The file has ${rows} rows, and may have at most ${maxRows}`;
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
