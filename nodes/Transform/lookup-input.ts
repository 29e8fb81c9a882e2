import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { attach, ImportError, openFile, type Dataset } from '../../engine';
import { binaryBytes } from '../shared/binary-bytes';
import { binariesOf, freeName, renamed, type DatasetFiles } from '../shared/dataset-files';
import { isDatasetItem } from '../shared/dataset-item';
import { closeAll, datasetsOf, type InputDataset } from '../shared/input-datasets';

/** Index of the second input. */
const LOOKUP = 1;

/** How the table and its file are called among those of the dataset that it travels with. */
const NAME = 'lookup';

/** More rows than these do not travel in the JSON of an item, but as a file beside it. */
const MOST_ROWS_IN_JSON = 1000;

/** What came in by the second input: a table for the operations that look into one. */
export class LookupInput {
	readonly #context: IExecuteFunctions;

	#tables: InputDataset[] | undefined;

	/** The table as it travels: rows that are too many for JSON lie in a file then. */
	#travelling: Pick<InputDataset, 'dataset' | 'files'> | undefined;

	constructor(context: IExecuteFunctions) {
		this.#context = context;
	}

	/**
	 * The dataset with the table attached to it, and the name under which steps find it there.
	 *
	 * @param travels whether the dataset goes on to another node, with the table
	 * @throws ImportError RUN_CONFIG when nothing, or more than one table, came in
	 */
	async attachTo(input: InputDataset, travels: boolean): Promise<InputDataset & { name: string }> {
		const table = await this.#table();
		const { dataset, files } = travels ? await this.#forTravel(table) : table;
		const name = freeName(NAME, new Set(Object.keys(input.dataset.attachments ?? {})));
		const taken = new Set(binariesOf(input.files).map(([property]) => property));
		return {
			...input,
			name,
			dataset: attach(input.dataset, name, dataset),
			files: {
				...input.files,
				attached: { ...input.files.attached, [name]: renamed(files, NAME, taken) },
			},
		};
	}

	async close(): Promise<void> {
		await closeAll(this.#tables ?? []);
		if (this.#travelling !== undefined) await this.#travelling.dataset.bytes?.close();
	}

	async #table(): Promise<InputDataset> {
		const items = this.#context.getInputData(LOOKUP);
		if (items.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Nothing came in by the input Lookup', {
				hint: 'Connect the table with the second input of Transform: the Data output of Parse Spreadsheet, or a node that gives rows.',
			});
		}
		if (items.filter(isDatasetItem).length > 1) {
			throw new ImportError('RUN_CONFIG', `${items.length} Datasets came in by the input Lookup`, {
				hint: 'Only one table can be looked into. Use a Transform for each.',
			});
		}
		this.#tables ??= await datasetsOf(this.#context, items);
		const [table] = this.#tables;
		if (table === undefined) throw new ImportError('RUN_CONFIG', 'No table came in');
		return table;
	}

	async #forTravel(table: InputDataset): Promise<Pick<InputDataset, 'dataset' | 'files'>> {
		const { source } = table.dataset;
		if (source.kind === 'file' || source.rows.length <= MOST_ROWS_IN_JSON) return table;
		return (this.#travelling ??= await this.#asFile(table));
	}

	/** The rows as a file beside the item: n8n keeps JSON of every node in memory and in its database. */
	async #asFile({ dataset }: InputDataset): Promise<{ dataset: Dataset; files: DatasetFiles }> {
		const lines = Readable.from(linesOf(dataset), { objectMode: false });
		const data = await this.#context.helpers.prepareBinaryData(
			lines,
			'lookup.ndjson',
			'application/x-ndjson',
		);
		const bytes = await binaryBytes(this.#context, data);
		try {
			const file = await openFile(bytes, {
				fileName: 'lookup.ndjson',
				format: 'ndjson',
				// the rows as they came in, whatever they hold
				nested: 'keep',
				maxRecordLength: 64 * 1024 * 1024,
			});
			return {
				dataset: { ...file, steps: dataset.steps, attachments: dataset.attachments },
				files: { binary: { property: NAME, data } },
			};
		} catch (error) {
			await bytes.close();
			throw error;
		}
	}
}

/** Each row as a line of JSON that has every column, so that all of them are found again. */
function* linesOf({ source }: Dataset): Generator<string> {
	if (source.kind !== 'rows') return;
	const names = source.columns.map(({ name }) => name);
	for (const cells of source.rows) {
		const row = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null]));
		yield `${JSON.stringify(row)}\n`;
	}
}
