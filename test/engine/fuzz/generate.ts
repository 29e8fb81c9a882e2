import type { OpenOptions } from '../../../engine';
import { readers } from '../../../engine/formats';
import { delimitedFile, ordinaryDelimitedFile } from './delimited-files';
import type { FuzzFile } from './fuzz-file';
import { mutatedFile } from './mutations';
import { brokenPackedFile, packedFile } from './packed-files';
import type { Random } from '../random';
import { jsonFile, ndjsonFile, xmlFile } from './record-files';
import { brokenXlsxFile, sheetJsFile, xlsxFile } from './workbook-files';

const wellFormed: ReadonlyArray<(random: Random) => FuzzFile> = [
	delimitedFile,
	delimitedFile,
	ordinaryDelimitedFile,
	jsonFile,
	ndjsonFile,
	xmlFile,
	xlsxFile,
	sheetJsFile,
];

/** Settings that a person may choose for any file; with them nothing is known about the rows. */
function anySettings(random: Random): OpenOptions {
	const all: OpenOptions = {
		headerRow: random.between(0, 3),
		headerRows: random.between(1, 2),
		table: random.between(1, 2),
		footer: random.of(['skip', 'keep']),
		shortRows: random.of(['pad', 'reject', 'stop']),
		longRows: random.of(['reject', 'keep', 'stop']),
		cells: random.of(['typed', 'shown']),
		hiddenRows: random.of(['read', 'skip']),
		mergedCells: random.of(['first', 'fill']),
		nested: random.of(['keep', 'flatten']),
		sheet: random.of<string | number>(['Sheet1', 1, 2, '*', 'S*']),
		sheetColumn: 'Sheet',
		recordPath: random.of(['data.items', 'rows/row', 'a', '']),
		limit: random.below(20),
		maxRecordLength: random.between(10, 2000),
		maxUnpackedBytes: random.between(10, 20_000),
		encoding: random.of(['utf-8', 'windows-1252', 'utf-16le', 'shift_jis', 'nonsense']),
		delimiter: random.of([',', ';', '||', 'x']),
		quote: random.of(['"', "'", '']),
		escape: random.of(['"', '\\']),
		comment: random.of(['#', '//', '']),
		emptyColumns: random.of(['drop', 'keep']),
		entry: random.of(['data', 'README.txt', 'export/data']),
		format: random.of([...readers.keys(), 'nonsense']),
	};
	const names = Object.keys(all).filter(() => random.chance(0.12));
	return Object.fromEntries(names.map((name) => [name, all[name as keyof OpenOptions]]));
}

/** A file of any kind: a third of them well-formed, the others damaged or opened with settings that may not suit. */
export function fuzzFile(random: Random): FuzzFile {
	const kind = random.next();
	if (kind < 0.08) return brokenXlsxFile(random);
	const file = random.of(wellFormed)(random);
	if (kind < 0.11) return brokenPackedFile(random, file);
	const made = bareFile(random, file, kind);
	return random.chance(0.05) ? packedFile(random, made) : made;
}

function bareFile(random: Random, file: FuzzFile, kind: number): FuzzFile {
	if (kind < 0.38) return file;
	if (kind < 0.75) return mutatedFile(random, file);
	const { truth: _, ...unknown } = random.chance(0.5) ? mutatedFile(random, file) : file;
	const options = { ...unknown.options, ...anySettings(random) };
	return { ...unknown, kind: `${unknown.kind}, with ${Object.keys(options).join(' ')}`, options };
}
