import {
	openFile,
	run,
	type Cell,
	type Dataset,
	type Issue,
	type OpenOptions,
	type RejectedRow,
} from '../../engine';

interface Everything {
	dataset: Dataset;
	columns: string[];
	rows: Cell[][];
	numbers: number[];
	rejected: RejectedRow[];
	issues: Issue[];
}

/** Opens a file and reads all of it. */
export async function readAll(
	content: string | Uint8Array,
	options: OpenOptions & { batchSize?: number } = {},
): Promise<Everything> {
	const { batchSize, ...openOptions } = options;
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const dataset = await openFile(bytes, openOptions);
	const everything: Everything = {
		dataset,
		columns: dataset.source.columns.map(({ name }) => name),
		rows: [],
		numbers: [],
		rejected: [],
		issues: [],
	};
	for await (const { rows, rejected, issues } of run(dataset, { batchSize })) {
		everything.rows.push(...rows.map(({ cells }) => cells));
		everything.numbers.push(...rows.map(({ number }) => number));
		everything.rejected.push(...rejected);
		everything.issues.push(...issues);
	}
	return everything;
}

/** The value that was decided on a subject. */
export function decided({ source }: Dataset, subject: string): unknown {
	return source.kind === 'file'
		? source.decisions.find((decision) => decision.subject === subject)?.value
		: undefined;
}
