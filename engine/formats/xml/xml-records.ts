import { UndefinedEntities } from './entities';
import type { RecordPlace } from './locate-records';
import type { UnreadElements } from './unread-elements';
import { NO_ATTRIBUTES, XmlParser, type XmlListener } from './xml-parser';
import { isData, localName, RecordElement } from './xml-record';

export interface Accounts {
	unread?: UnreadElements;
	undefinedEntities?: UndefinedEntities;
}

/**
 * The records of an XML document, in order, some at a time.
 *
 * @param accounts are told of what stands outside of the records, and of entities that the document does not define
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function* xmlRecords(
	chunks: AsyncIterable<string>,
	place: Pick<RecordPlace, 'path' | 'fromRoot'>,
	maxLength: number,
	{ unread, undefinedEntities = new UndefinedEntities() }: Accounts = {},
): AsyncGenerator<RecordElement[], void, undefined> {
	const collector = new RecordCollector(place, unread);
	const parser = new XmlParser(collector, maxLength, undefinedEntities);
	for await (const text of chunks) {
		parser.write(text);
		if (collector.records.length > 0) yield collector.take();
		if (collector.lengthKept > maxLength) throw parser.tooLong();
	}
	parser.end();
	if (unread !== undefined) unread.isComplete = true;
	if (collector.records.length > 0) yield collector.take();
}

/** What an element without a value is counted for: many of them fill memory too. */
const ELEMENT_COST = 16;

/** Builds a tree of each record; what stands outside of records is passed over. */
class RecordCollector implements XmlListener {
	records: RecordElement[] = [];

	readonly #path: readonly string[];

	readonly #fromRoot: boolean;

	/** Names of the elements around the record. */
	readonly #around: string[] = [];

	readonly #open: RecordElement[] = [];

	readonly #unread: UnreadElements | undefined;

	#kept = 0;

	constructor(
		{ path, fromRoot }: Pick<RecordPlace, 'path' | 'fromRoot'>,
		unread: UnreadElements | undefined,
	) {
		this.#path = path;
		this.#fromRoot = fromRoot;
		this.#unread = unread;
	}

	/** Characters of the record that is open, or was last; an element counts for what it takes. */
	get lengthKept(): number {
		return this.#kept;
	}

	take(): RecordElement[] {
		const { records } = this;
		this.records = [];
		return records;
	}

	onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
		const parent = this.#open.at(-1);
		if (parent === undefined) {
			this.#around.push(localName(name));
			if (!this.#isRecord()) {
				this.#unread?.open(name, attributes);
				return;
			}
			this.#unread?.record();
			this.#kept = 0;
		}
		const element = recordElement(name, attributes);
		for (const [key, value] of element.attributes) this.#kept += key.length + value.length;
		this.#kept += name.length + ELEMENT_COST;
		parent?.add(element);
		this.#open.push(element);
	}

	onText(text: string): void {
		const element = this.#open.at(-1);
		if (element === undefined) {
			this.#unread?.text(text);
			return;
		}
		element.text += text;
		this.#kept += text.length;
	}

	onClose(): void {
		const element = this.#open.pop();
		if (this.#open.length > 0) return;
		this.#around.pop();
		if (element !== undefined) this.records.push(element);
		else this.#unread?.close();
	}

	#isRecord(): boolean {
		const extra = this.#around.length - this.#path.length;
		if (extra < 0 || (this.#fromRoot && extra > 0)) return false;
		return this.#path.every((name, i) => this.#around[extra + i] === name);
	}
}

const NOTHING: ReadonlyArray<readonly [string, string]> = [];

function recordElement(name: string, attributes: Readonly<Record<string, string>>): RecordElement {
	if (attributes === NO_ATTRIBUTES) return new RecordElement(name, NOTHING, false);
	let kept: Array<readonly [string, string]> | undefined;
	let isNil = false;
	for (const key in attributes) {
		const value = attributes[key] ?? '';
		if (key.endsWith(':nil')) isNil = value === 'true' || value === '1';
		else if (isData(key)) (kept ??= []).push([key, value]);
	}
	return new RecordElement(name, kept ?? NOTHING, isNil);
}
