import { UndefinedEntities } from './entities';
import { XmlParser, type XmlListener } from './xml-parser';
import { isData, localName } from './xml-record';

/** Where the records of an XML document are. */
export interface RecordPlace {
	/** Names from the root to the record, without prefixes. */
	path: string[];
	/** Whether the path starts at the root; else it may stand anywhere. */
	fromRoot: boolean;
	/** How many were seen beside one another at the head. */
	seen: number;
	/** Other elements that repeat at the head, outside of the records. */
	others: Array<{ path: string; seen: number }>;
}

/** Paths that are counted. No genuine file has as many kinds of elements. */
const MOST_PATHS = 10_000;

/** Others that are named. */
const MOST_OTHERS = 10;

interface PathCount {
	path: string[];
	/** Most elements of the path inside one parent, counting those that hold more than text. */
	repeats: number;
}

interface OpenElement {
	count: PathCount | undefined;
	hasContent: boolean;
	hasAttributes: boolean;
	hasText: boolean;
	children: number;
	/** Name of the first child that holds more than text. */
	firstChild: string | undefined;
	/** Children with more than text, by name. */
	structured: Map<string, number>;
}

/**
 * Finds the records by structure: the shallowest element that stands at least twice beside its like and holds more than
 * text. Where nothing repeats the document is one record: its root, or what is alone inside of it.
 *
 * @param chunks text of the document
 * @param enough characters that are read once something repeats; until then it reads on
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function locateRecords(
	chunks: AsyncIterable<string>,
	enough: number,
	maxLength: number,
): Promise<RecordPlace> {
	const structure = new Structure();
	// what is not defined is told of when the records are read
	const parser = new XmlParser(structure, maxLength, new UndefinedEntities());
	for await (const text of chunks) {
		parser.write(text);
		if (parser.position >= enough && structure.repeating !== undefined) break;
	}
	const found = structure.repeating;
	if (found !== undefined) {
		const others = structure.repeatingBeside(found.path);
		return { path: found.path, fromRoot: true, seen: found.repeats, others };
	}
	parser.end();
	return { path: structure.singleRecord(), fromRoot: true, seen: 1, others: [] };
}

/** A place that a person has named: `export/students/student`, or just `student`; from the root with a `/` before it. */
export function namedPlace(recordPath: string): RecordPlace {
	const path = recordPath.split('/').filter((name) => name !== '');
	return { path: path.map(localName), fromRoot: recordPath.startsWith('/'), seen: 0, others: [] };
}

class Structure implements XmlListener {
	readonly #counts = new Map<string, PathCount>();

	readonly #names: string[] = [];

	readonly #open: OpenElement[] = [];

	/** The elements that are alone in their parent, from the root on. */
	readonly #alone: string[] = [];

	#root: string | undefined;

	#repeating: PathCount | undefined;

	get repeating(): PathCount | undefined {
		return this.#repeating;
	}

	/** What repeats neither in the records nor in one another. */
	repeatingBeside(records: readonly string[]): RecordPlace['others'] {
		const found: PathCount[] = [];
		const isInside = (path: readonly string[], around: readonly string[]) =>
			around.every((name, i) => path[i] === name);
		for (const count of this.#counts.values()) {
			if (isInside(count.path, records)) continue;
			if (found.some(({ path }) => isInside(count.path, path))) continue;
			found.push(count);
			if (found.length === MOST_OTHERS) break;
		}
		return found.map(({ path, repeats }) => ({ path: path.join('/'), seen: repeats }));
	}

	onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
		const parent = this.#open.at(-1);
		const local = localName(name);
		this.#names.push(local);
		this.#root ??= local;
		if (parent !== undefined) {
			parent.children++;
			parent.hasContent = true;
		}
		const hasAttributes = Object.keys(attributes).some(isData);
		this.#open.push({
			count: undefined,
			hasContent: hasAttributes,
			hasAttributes,
			hasText: false,
			children: 0,
			firstChild: undefined,
			structured: new Map(),
		});
	}

	onText(text: string): void {
		const element = this.#open.at(-1);
		if (element !== undefined && !element.hasText) element.hasText = text.trim() !== '';
	}

	onClose(): void {
		const element = this.#open.pop();
		const parent = this.#open.at(-1);
		const name = this.#names.at(-1) ?? '';
		if (element?.hasContent) {
			if (parent !== undefined) this.#countIn(parent, name);
			this.#noteAlone(element);
		}
		this.#names.pop();
	}

	/** Names from the root to the one record: wrappers that hold nothing but it are passed through. */
	singleRecord(): string[] {
		return this.#alone.length > 0 ? this.#alone : [this.#root ?? ''];
	}

	#countIn(parent: OpenElement, name: string): void {
		parent.firstChild ??= name;
		const repeats = (parent.structured.get(name) ?? 0) + 1;
		if (repeats === 1 && parent.structured.size >= MOST_PATHS) return;
		parent.structured.set(name, repeats);
		if (repeats < 2) return;
		const key = this.#names.join('/');
		let count = this.#counts.get(key);
		if (count === undefined) {
			if (this.#counts.size >= MOST_PATHS) return;
			count = { path: [...this.#names], repeats };
			this.#counts.set(key, count);
		}
		count.repeats = Math.max(count.repeats, repeats);
		if (this.#repeating === undefined || isBetter(count, this.#repeating)) this.#repeating = count;
	}

	/** Called from the inside out: each wrapper puts its name before what it wraps, any other starts anew. */
	#noteAlone(element: OpenElement): void {
		const name = this.#names.at(-1) ?? '';
		const child = element.firstChild;
		const wraps =
			child !== undefined &&
			element.children === 1 &&
			!element.hasText &&
			(!element.hasAttributes || isPluralOf(name, child));
		if (!wraps) this.#alone.length = 0;
		this.#alone.unshift(name);
	}
}

function isBetter(one: PathCount, other: PathCount): boolean {
	if (one.path.length !== other.path.length) return one.path.length < other.path.length;
	return one.repeats > other.repeats;
}

/** `students` and `student`, `companies` and `company`: an element that is plainly there to hold the others. */
function isPluralOf(name: string, child: string): boolean {
	const stem = child.toLowerCase().slice(0, Math.max(3, child.length - 1));
	return name.length > child.length && name.toLowerCase().startsWith(stem);
}
