import type { Source } from '../../dataset';
import type { FailedRows } from './failed-rows';
import {
	allFit,
	delimitedText,
	jsonLines,
	plainLayout,
	textLayout,
	type TextEncoding,
} from './failed-text';
import { failedWorkbook, MOST_NOTES, surveySheet } from './failed-workbook';
import { reportLayout, type ReportLayout } from './reported-row';

/** All failed rows of a run as a file in the layout of the source, to be corrected and imported again. */
export interface FailedFile {
	fileName: string;
	mediaType: string;
	/** What is not as in the source, in words. */
	notes: string[];
	/** The file, piece by piece; to be read before the failed rows are disposed of. */
	bytes: AsyncIterable<Uint8Array>;
}

export interface FailedFileOptions {
	/** Id of the run: it stands in each row. */
	run?: string;
	/** How an encoding is written, by its name; undefined where it is not. */
	encodingOf: (name: string) => TextEncoding | undefined;
}

const WORKBOOKS = new Set(['xlsx', 'xls', 'xlsb', 'ods', 'spreadsheetml', 'sylk']);

const RECORDS = new Set(['json', 'ndjson', 'xml']);

const UTF_8: TextEncoding = {
	isUnicode: true,
	fits: () => true,
	encode: (text) => Buffer.from(text),
};

/**
 * Makes the file of failed rows. Delimited text keeps its delimiter, quotes, line ends and encoding; a workbook of any
 * kind becomes XLSX; records of JSON and XML become JSON Lines; rows that came as items become CSV.
 */
export async function failedFile(
	failed: FailedRows,
	source: Source,
	{ run, encodingOf }: FailedFileOptions,
): Promise<FailedFile> {
	const report = reportLayout(source, run);
	const base = baseName(source);
	if (source.kind === 'rows') return plainCsv(failed, report, base, []);
	if (WORKBOOKS.has(source.format)) return await workbook(failed, report, base, source);
	if (RECORDS.has(source.format)) {
		return {
			fileName: `${base}.ndjson`,
			mediaType: 'application/x-ndjson',
			notes: [],
			bytes: encoded(jsonLines(failed, report), UTF_8),
		};
	}
	const layout = textLayout(source.options, source.decisions);
	const name = String(source.options.encoding);
	const encoding = encodingOf(name);
	const isKept = encoding !== undefined && (await allFit(failed, report, encoding));
	return {
		fileName: `${base}.${endingOf(source.fileName)}`,
		mediaType: 'text/csv',
		notes: isKept
			? []
			: [`The file of failed rows is UTF-8: not all of its characters can be written in ${name}.`],
		bytes: encoded(
			delimitedText(failed, report, isKept ? layout : { ...layout, byteOrderMark: true }),
			isKept ? encoding : UTF_8,
		),
	};
}

/** A file that is packed gives up the names of its packing: rows.csv.gz becomes rows-failed.csv. */
function baseName(source: Source): string {
	const name = source.kind === 'file' ? source.fileName?.replace(/\.(gz|zip)$/i, '') : undefined;
	return `${name?.replace(/\.[^.]*$/, '') ?? 'rows'}-failed`;
}

/** The ending of a text file; one that says nothing of text would mislead. */
const endingOf = (fileName = ''): string =>
	/\.(csv|tsv|tab|txt|psv)(?:\.gz)?$/i.exec(fileName)?.[1] ?? 'csv';

function plainCsv(
	failed: FailedRows,
	report: ReportLayout,
	base: string,
	notes: string[],
): FailedFile {
	return {
		fileName: `${base}.csv`,
		mediaType: 'text/csv',
		notes,
		bytes: encoded(delimitedText(failed, report, plainLayout), UTF_8),
	};
}

async function workbook(
	failed: FailedRows,
	report: ReportLayout,
	base: string,
	{ options, columns }: Extract<Source, { kind: 'file' }>,
): Promise<FailedFile> {
	const { obstacle, badCells } = await surveySheet(failed, report);
	if (obstacle !== undefined) {
		return plainCsv(failed, report, base, [
			`The file of failed rows is CSV and not a workbook: there is ${obstacle}.`,
		]);
	}
	const [sheet] = Array.isArray(options.sheets)
		? (options.sheets as Array<{ name?: unknown }>)
		: [];
	const sheetName = typeof sheet?.name === 'string' ? sheet.name : '';
	return {
		fileName: `${base}.xlsx`,
		mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		notes:
			badCells < MOST_NOTES
				? []
				: [
						`In the file of failed rows the first ${MOST_NOTES} bad cells have a note. All are coloured, and every row says its reasons.`,
					],
		bytes: failedWorkbook(failed, report, { columns, sheetName }),
	};
}

async function* encoded(
	text: AsyncIterable<string>,
	encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
	for await (const piece of text) yield encoding.encode(piece);
}
