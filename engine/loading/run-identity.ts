import { createHash, type Hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Dataset } from '../dataset';
import { ImportError } from '../issues';
import type { BatchCommit } from '../targets';

/** Rows that are written between two commits, unless said otherwise. */
const BATCH_ROWS = 10_000;

/** Rows in memory that are hashed before the event loop has a turn. */
const ROWS_AT_ONCE = 5000;

/** SHA-256 of the bytes of the file, in hexadecimal; undefined for rows in memory. */
export async function fingerprint({ bytes }: Dataset): Promise<string | undefined> {
	if (bytes === undefined) return undefined;
	const hash = createHash('sha256');
	for await (const chunk of bytes.chunks()) hash.update(chunk);
	return hash.digest('hex');
}

/**
 * What another start of the same import is known by: the rows of the source, and everything that says what becomes of
 * them.
 *
 * @param decided what else decides about the rows, plain JSON: the target table, the columns, the rules
 * @param rows rows a batch
 * @throws ImportError RUN_CONFIG when `rows` is no whole number above 0
 */
export async function batchCommitOf(
	dataset: Dataset,
	decided: unknown,
	rows = BATCH_ROWS,
): Promise<BatchCommit> {
	if (!Number.isSafeInteger(rows) || rows < 1) {
		throw new ImportError('RUN_CONFIG', `A batch cannot have ${rows} rows`, {
			value: String(rows),
			hint: 'Set Rows per Batch to a whole number above 0.',
		});
	}
	const { source } = dataset;
	const rules = createHash('sha256');
	rules.update(JSON.stringify(decided));
	await addSteps(rules, dataset);
	return {
		rows,
		fingerprint: await hashOfSource(dataset),
		rulesHash: rules.digest('hex'),
		fileName: (source.kind === 'file' ? source.fileName : undefined) ?? '',
	};
}

/** How a source is read and what is done with its rows; the name of its file is of no account. */
async function addSteps(hash: Hash, { source, steps, attachments = {} }: Dataset): Promise<void> {
	const columns = source.columns.map(({ name, type, format }) => [name, type, format]);
	const reading =
		source.kind === 'file'
			? [source.format, source.containers, source.options, source.limit]
			: [source.kind];
	hash.update(JSON.stringify([columns, reading, steps]));
	for (const [name, attached] of Object.entries(attachments)) {
		hash.update(JSON.stringify([name, await hashOfSource(attached)]));
		await addSteps(hash, attached);
	}
}

async function hashOfSource(dataset: Dataset): Promise<string> {
	const { source } = dataset;
	const ofBytes = await fingerprint(dataset);
	if (ofBytes !== undefined) return ofBytes;
	const hash = createHash('sha256');
	if (source.kind === 'file') return hash.update(JSON.stringify(source)).digest('hex');
	for (const [index, cells] of source.rows.entries()) {
		hash.update(JSON.stringify(cells));
		if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await turn();
	}
	return hash.digest('hex');
}
