import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ImportError } from '../../issues';
import { readTemplate, type MappingTemplate } from './template';
import {
	summaryOf,
	type SaveOutcome,
	type StoredTemplate,
	type StoredTemplates,
	type TemplateStore,
	type TemplateSummary,
} from './template-store';

/** How long a save is tried again while others save the same template, and the longest pause between two attempts. */
const LONGEST_WAIT_MS = 10_000;
const LONGEST_PAUSE_MS = 50;

/** Codes that say more than that the templates cannot be used. */
const OWN_CODES: readonly string[] = ['RUN_CONNECTION', 'RUN_TEMPLATE', 'RUN_CONFIG'];

/**
 * Templates wherever their JSON is kept: what is read and saved is checked, and two that save the same template at the same
 * time do not overwrite each other. No lock is held between reading and writing: a save names the revision that it is
 * based on, and is done anew where that is not the saved one any more.
 */
export class CheckedTemplateStore implements TemplateStore {
	readonly #stored: StoredTemplates;

	readonly #place: string;

	/** @param place where the templates are, for messages */
	constructor(stored: StoredTemplates, place: string) {
		this.#stored = stored;
		this.#place = place;
	}

	async names(): Promise<string[]> {
		return (await this.#use((stored) => stored.names())).sort(byText);
	}

	async list(): Promise<TemplateSummary[]> {
		const stored = await this.#use((templates) => templates.list());
		return stored.map(summaryOfStored).sort((a, b) => byText(a.name, b.name));
	}

	async find(name: string): Promise<MappingTemplate | undefined> {
		const stored = await this.#use((templates) => templates.find(name));
		return stored === undefined ? undefined : readTemplate(stored.content);
	}

	async read(name: string): Promise<MappingTemplate> {
		const template = await this.find(name);
		if (template !== undefined) return template;
		const names = await this.names();
		throw new ImportError('RUN_TEMPLATE', `There is no template "${name}"`, {
			value: name,
			hint:
				names.length === 0
					? `No template is saved in ${this.#place} yet. Set Save as Template in the options of Map Fields, and run it once.`
					: `The templates in ${this.#place} are ${names.map((known) => `"${known}"`).join(', ')}.`,
		});
	}

	save(template: MappingTemplate): Promise<SaveOutcome> {
		// what is saved is what can be read again
		const content = readTemplate(JSON.stringify(template));
		return this.#write(content.name, () => content);
	}

	update(
		name: string,
		change: (before: MappingTemplate | undefined) => MappingTemplate,
	): Promise<SaveOutcome> {
		return this.#write(name, (before) =>
			readTemplate(JSON.stringify(change(before && readTemplate(before.content)))),
		);
	}

	async delete(name: string): Promise<boolean> {
		return await this.#use((stored) => stored.delete(name));
	}

	async #write(
		name: string,
		content: (before: StoredTemplate | undefined) => MappingTemplate,
	): Promise<SaveOutcome> {
		for (const start = performance.now(); performance.now() - start < LONGEST_WAIT_MS;) {
			const before = await this.#use((stored) => stored.find(name));
			const template = content(before);
			if (before !== undefined && saysTheSame(before.content, template)) return 'unchanged';
			if (await this.#use((stored) => writeOver(stored, template, before))) {
				return before === undefined ? 'created' : 'replaced';
			}
			// those that met once are not to meet at every attempt
			await wait(Math.random() * LONGEST_PAUSE_MS);
		}
		throw new ImportError(
			'RUN_TEMPLATE',
			`The template "${name}" could not be saved: others save it all the time`,
			{ value: name, hint: 'Save it under another name, or let fewer runs save it.' },
		);
	}

	async #use<T>(work: (stored: StoredTemplates) => Promise<T>): Promise<T> {
		try {
			return await work(this.#stored);
		} catch (error) {
			throw this.#failure(error);
		}
	}

	#failure(error: unknown): Error {
		const reason = error instanceof Error ? error.message : String(error);
		if (error instanceof ImportError && OWN_CODES.includes(error.code)) return error;
		const isDenied = error instanceof ImportError && error.code === 'WRITE_DENIED';
		return new ImportError(
			isDenied ? 'WRITE_DENIED' : 'RUN_TEMPLATE',
			`The templates in ${this.#place} cannot be used: ${reason}`,
			{
				hint: isDenied
					? 'The user of the credential needs the rights to select, insert, update and delete in that table; and until it is there, the right to create it.'
					: 'Look whether n8n may read and write there, and whether what is there is what n8n has saved.',
			},
			{ cause: error },
		);
	}
}

const byText = (a: string, b: string): number => a.localeCompare(b, 'en');

function writeOver(
	stored: StoredTemplates,
	{ name, savedAt, ...content }: MappingTemplate,
	before: StoredTemplate | undefined,
): Promise<boolean> {
	const template = {
		name,
		savedAt,
		content: JSON.stringify({ ...content, name, savedAt }),
		revision: (before?.revision ?? 0) + 1,
	};
	return before === undefined ? stored.insert(template) : stored.replace(template, before.revision);
}

/** One that another version wrote must not hide the others. */
function summaryOfStored({ name, savedAt, content }: StoredTemplate): TemplateSummary {
	try {
		return summaryOf(readTemplate(content));
	} catch (error) {
		if (!(error instanceof ImportError)) throw error;
		return { name, savedAt, fields: [], columns: [], hasContract: false };
	}
}

/** The time when it was saved does not count. */
function saysTheSame(saved: string, template: MappingTemplate): boolean {
	const plain = (value: MappingTemplate): unknown =>
		JSON.parse(JSON.stringify({ ...value, savedAt: '' }));
	try {
		return isDeepStrictEqual(plain(readTemplate(saved)), plain(template));
	} catch {
		return false;
	}
}
