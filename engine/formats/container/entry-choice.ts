import type { Decision } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { endingOf, formatOfEnding } from '../detection';
import type { ZipEntry } from '../zip';

/** What systems put into archives beside the files of a person. */
const LEFT_BY_SYSTEMS = /(?:^|\/)(?:__MACOSX\/.*|\.[^/]*|Thumbs\.db|desktop\.ini)$/i;

/** Texts go along with tables, and are read as one only when nothing else is there. */
const NOTES = ['txt', 'md', 'pdf', 'doc', 'docx', 'rtf', 'html', 'htm'];

const MOST_LISTED = 20;

interface EntryChoice {
	name: string;
	decision: Decision;
	issues: Issue[];
}

/**
 * Chooses the file of a zip archive that is read.
 *
 * @param wanted name set by a person: the path inside the archive, or the last part of it
 * @throws ImportError FILE_EMPTY when the archive holds no files, FILE_AMBIGUOUS when it holds several tables,
 * FILE_FORMAT when the wanted one is not there
 */
export function chooseEntry(entries: readonly ZipEntry[], wanted = ''): EntryChoice {
	const files = entries
		.map(({ name }) => name)
		.filter((name) => !name.endsWith('/') && !LEFT_BY_SYSTEMS.test(name));
	if (files.length === 0) throw new ImportError('FILE_EMPTY', 'The zip archive holds no files');
	const named = wanted === '' ? undefined : findEntry(files, wanted);
	if (named !== undefined) {
		return { name: named, decision: decision(named, 1, 'set by hand', 'setting'), issues: [] };
	}
	const tables = files.filter(isTable);
	const candidates = files.length === 1 ? files : tables.length > 0 ? tables : textsOf(files);
	const [name] = candidates;
	// an archive in the archive may hold what is wanted
	const mayHold = candidates.length === 1 && /^(?:zip|gz|gzip)$/.test(endingOf(name));
	if (wanted !== '' && !mayHold) throw notThere(files, wanted);
	if (name === undefined || candidates.length > 1) throw ambiguous(files, candidates);
	const others = files.filter((file) => file !== name);
	const evidence = others.length === 0 ? 'the only file in the archive' : 'the only table in it';
	return {
		name,
		decision: decision(name, others.length === 0 ? 0.99 : 0.9, evidence),
		issues: others.length === 0 ? [] : [notRead(others)],
	};
}

function findEntry(files: readonly string[], wanted: string): string | undefined {
	const path = wanted.replaceAll('\\', '/').replace(/^\.?\/+/, '');
	const exact = files.find((file) => file === path);
	if (exact !== undefined) return exact;
	const alike = files.filter((file) => file.split('/').at(-1) === path);
	return alike.length === 1 ? alike[0] : undefined;
}

function isTable(file: string): boolean {
	return !NOTES.includes(endingOf(file)) && formatOfEnding(file) !== undefined;
}

function textsOf(files: readonly string[]): string[] {
	const unknown = files.filter((file) => !NOTES.includes(endingOf(file)));
	return unknown.length > 0 ? unknown : files.filter((file) => endingOf(file) === 'txt');
}

function decision(
	value: string,
	confidence: number,
	evidence: string,
	chosenBy: Decision['chosenBy'] = 'detection',
): Decision {
	return { subject: 'archive entry', value, confidence, evidence, chosenBy };
}

function notRead(others: readonly string[]): Issue {
	const count = others.length === 1 ? 'another file' : `${others.length} other files`;
	return issue('FILE_PARTLY_READ', `The zip archive holds ${count}, not read: ${list(others)}`, {
		value: others[0],
	});
}

function ambiguous(files: readonly string[], candidates: readonly string[]): ImportError {
	const named = candidates.length > 0 ? candidates : files;
	return new ImportError(
		'FILE_AMBIGUOUS',
		`The zip archive holds ${named.length} files that may be the table: ${list(named)}`,
		{ value: named[0] },
	);
}

function notThere(files: readonly string[], wanted: string): ImportError {
	return new ImportError('FILE_FORMAT', `The zip archive has no file "${wanted}"`, {
		value: wanted,
		hint: `It holds ${list(files)}.`,
	});
}

function list(names: readonly string[]): string {
	const quoted = names.slice(0, MOST_LISTED).map((name) => `"${name.slice(0, 200)}"`);
	const more = names.length - quoted.length;
	return quoted.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
