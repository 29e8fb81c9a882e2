import { issue, type Issue } from '../../issues';
import { isData, localName } from './xml-record';

/** An element outside of the records, and what was found in it so far. */
interface OutsideElement {
	/** Names from below the document element, joined with `/`. */
	path: string;
	name: string;
	attributes: string[];
	hasText: boolean;
	hasRecords: boolean;
	/** Elements in it that hold data and no records, with how often they stand there. */
	passedOver: Map<string, number>;
}

/** Different elements that are counted. No genuine file has as many beside its records. */
const MOST_COUNTED = 1000;

const MOST_NAMED = 10;

/**
 * Keeps account of what stands outside of the records: elements that hold text or attributes, and the attributes and the
 * text of the elements around the records. Of elements within one another the outermost counts.
 */
export class UnreadElements {
	/** Whether the document was read to its end. */
	isComplete = false;

	readonly #open: OutsideElement[] = [];

	readonly #counts = new Map<string, number>();

	/** Attributes of the document element alone are about the file, and hardly ever missed. */
	#isMoreThanRootAttributes = false;

	/** An element outside of the records begins. */
	open(name: string, attributes: Readonly<Record<string, string>>): void {
		const parent = this.#open.at(-1);
		const local = localName(name);
		this.#open.push({
			path: parent === undefined || this.#open.length === 1 ? local : `${parent.path}/${local}`,
			name: local,
			attributes: Object.keys(attributes).filter(isData),
			hasText: false,
			hasRecords: false,
			passedOver: new Map(),
		});
	}

	/** A record begins inside of the elements that are open. */
	record(): void {
		const element = this.#open.at(-1);
		if (element !== undefined) element.hasRecords = true;
	}

	text(text: string): void {
		const element = this.#open.at(-1);
		if (element !== undefined && !element.hasText) element.hasText = text.trim() !== '';
	}

	close(): void {
		const element = this.#open.pop();
		const parent = this.#open.at(-1);
		if (element === undefined) return;
		if (element.hasRecords) {
			if (parent !== undefined) parent.hasRecords = true;
			this.#account(element, parent === undefined);
		} else if (element.hasText || element.attributes.length > 0 || element.passedOver.size > 0) {
			if (parent !== undefined) addTo(parent.passedOver, `<${element.path}>`, 1);
		}
	}

	/**
	 * What is in no row.
	 *
	 * @param record name of the records
	 * @returns FILE_PARTLY_READ, or nothing when all of the document was read
	 */
	issues(record: string): Issue[] {
		if (this.#counts.size === 0) return [];
		const all = [...this.#counts];
		const named = all.slice(0, MOST_NAMED).map(([name, count]) => `${name} (${count})`);
		const more = all.length - named.length;
		const list = named.join(', ') + (more > 0 ? ` and ${more} more` : '');
		return [
			issue(
				'FILE_PARTLY_READ',
				`Beside the records <${record}> the file holds ${list}, which is in no row`,
				{ value: all[0]?.[0], ...(!this.#isMoreThanRootAttributes && { severity: 'info' }) },
			),
		];
	}

	/** An element around records has ended: what else was in it counts. */
	#account({ name, attributes, hasText, passedOver }: OutsideElement, isRoot: boolean): void {
		for (const attribute of attributes) {
			addTo(this.#counts, `attribute "${localName(attribute)}" of <${name}>`, 1);
		}
		if (hasText) addTo(this.#counts, `text of <${name}>`, 1);
		for (const [path, count] of passedOver) addTo(this.#counts, path, count);
		const isMore = hasText || passedOver.size > 0 || (attributes.length > 0 && !isRoot);
		if (isMore) this.#isMoreThanRootAttributes = true;
	}
}

function addTo(counts: Map<string, number>, name: string, count: number): void {
	const known = counts.get(name);
	if (known !== undefined) counts.set(name, known + count);
	else if (counts.size < MOST_COUNTED) counts.set(name, count);
}
