import type { ByteSource, Container, Decision, ReadOptions } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { beginsAs, endingOf, zipContent } from '../detection';
import { DEEPEST_NESTING } from './container-layer';
import { chooseEntry } from './entry-choice';
import { unwrap } from './unwrap';

/** The file inside of all containers. */
export interface OpenedContainers {
	/** To be closed by the caller; the file around it stays open. */
	bytes: ByteSource;
	/** The name of the file that is read. */
	fileName: string | undefined;
	/** From the outermost; none for a file that is no container. */
	containers: Container[];
	decisions: Decision[];
	issues: Issue[];
}

/** One more container, and the name of what lies in it. */
type Found = Omit<OpenedContainers, 'bytes' | 'containers'> & { container: Container };

/**
 * Opens gzip files, and zip archives that hold one table, until what is inside is no such container.
 *
 * @throws ImportError FILE_EMPTY, FILE_AMBIGUOUS, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE, FILE_ENCRYPTED
 */
export async function openContainers(
	bytes: ByteSource,
	fileName: string | undefined,
	options: ReadOptions,
): Promise<OpenedContainers> {
	const opened: OpenedContainers = {
		bytes: await unwrap(bytes, []),
		fileName,
		containers: [],
		decisions: [],
		issues: [],
	};
	try {
		for (;;) {
			const found = await findContainer(opened.bytes, opened.fileName, options);
			if (found === undefined) break;
			if (opened.containers.length === DEEPEST_NESTING) throw nestedTooDeep();
			opened.containers.push(found.container);
			opened.fileName = found.fileName;
			opened.decisions.push(...found.decisions);
			opened.issues.push(...found.issues);
			await opened.bytes.close();
			opened.bytes = await unwrap(bytes, opened.containers);
		}
		checkEntryWasFound(opened, options);
		return opened;
	} catch (error) {
		await opened.bytes.close();
		throw error;
	}
}

async function findContainer(
	bytes: ByteSource,
	fileName: string | undefined,
	{ entry, maxUnpackedBytes }: ReadOptions,
): Promise<Found | undefined> {
	const start = await bytes.read(0, 8);
	const limit = maxUnpackedBytes === undefined ? {} : { maxUnpackedBytes };
	if (beginsAs('gzip', start)) {
		return {
			container: { kind: 'gzip', ...limit },
			fileName: nameInGzip(fileName),
			decisions: [packedDecision('gzip', 'packed by gzip')],
			issues: mismatch('a gzip file', /^(?:gz|gzip|tgz)$/, fileName),
		};
	}
	if (!beginsAs('zip', start)) return undefined;
	const content = await zipContent(bytes);
	if (content.kind === 'workbook') return undefined;
	const { name, decision, issues } = chooseEntry(content.entries, entry);
	return {
		container: { kind: 'zip', entry: name, ...limit },
		fileName: name.split('/').at(-1),
		decisions: [packedDecision('zip', 'a zip archive'), decision],
		issues: [...mismatch('a zip archive', /^zip$/, fileName), ...issues],
	};
}

function packedDecision(value: string, evidence: string): Decision {
	return { subject: 'container', value, confidence: 1, evidence, chosenBy: 'detection' };
}

/** `members.csv.gz` holds `members.csv`, `backup.tgz` holds `backup.tar`. */
function nameInGzip(fileName: string | undefined): string | undefined {
	return fileName?.replace(/\.tgz$/i, '.tar').replace(/\.(?:gz|gzip)$/i, '');
}

function mismatch(what: string, endings: RegExp, fileName: string | undefined): Issue[] {
	const ending = endingOf(fileName);
	if (ending === '' || endings.test(ending)) return [];
	const message = `The file is called .${ending}, but it is ${what}`;
	return [issue('FILE_FORMAT_MISMATCH', message, { value: fileName })];
}

/** A name that was set for a zip archive and met none. */
function checkEntryWasFound({ containers }: OpenedContainers, { entry = '' }: ReadOptions): void {
	const zips = containers.filter(({ kind }) => kind === 'zip');
	if (entry === '' || zips.length === 0) return;
	const path = entry.replaceAll('\\', '/').replace(/^\.?\/+/, '');
	const isMet = zips.some((zip) => zip.entry === path || zip.entry?.endsWith(`/${path}`));
	if (isMet) return;
	throw new ImportError('FILE_FORMAT', `The zip archive has no file "${entry}"`, { value: entry });
}

function nestedTooDeep(): ImportError {
	return new ImportError(
		'FILE_FORMAT',
		`Archives within archives are opened up to ${DEEPEST_NESTING} deep`,
		{ hint: 'Unpack the outer archive, and import the file that is in it.' },
	);
}
