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
