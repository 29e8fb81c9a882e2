/** Names that are less alike than this are other names, not misspelt ones. */
const ALIKE = 0.75;

/**
 * How many single edits lead from one text to the other: insert, delete, replace a character, or swap two neighbours
 * (optimal string alignment). Counting stops above `most`.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
	if (a === b) return 0;
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let least = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
			}
			row.push(least);
		}
		if (Math.min(...row) > most) return most + 1;
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

/** The name that a misspelt one was probably meant to be; undefined when none is alike. */
export function closestName(text: string, names: readonly string[]): string | undefined {
	const wanted = text.toLowerCase();
	let closest: string | undefined;
	let highest = ALIKE;
	for (const name of names) {
		const longer = Math.max(wanted.length, name.length);
		const similarity = 1 - editDistance(wanted, name.toLowerCase(), longer / 2) / longer;
		if (similarity >= highest && (closest === undefined || similarity > highest)) {
			closest = name;
			highest = similarity;
		}
	}
	return closest;
}
