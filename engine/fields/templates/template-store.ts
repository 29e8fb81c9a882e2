import type { MappingTemplate } from './template';

/** What a list of templates shows. */
export interface TemplateSummary {
	name: string;
	/** ISO 8601 in UTC. */
	savedAt: string;
	/** Names of the fields; those of a record group with its name: `report_card.grade`. */
	fields: string[];
	/** Headers of the file that it was saved with. */
	columns: string[];
	hasContract: boolean;
	/** Names of the record groups, where it holds some. */
	groups?: string[];
}

export type SaveOutcome = 'created' | 'replaced' | 'unchanged';

/**
 * Where templates are kept. Names are compared as they are written.
 *
 * All methods throw ImportError: RUN_CONNECTION when the place cannot be reached, WRITE_DENIED when a right is missing,
 * and RUN_TEMPLATE when it cannot be used for another reason.
 */
export interface TemplateStore {
	/** The names alone, sorted. */
	names(): Promise<string[]>;
	/** By name. */
	list(): Promise<TemplateSummary[]>;
	/** @throws ImportError RUN_TEMPLATE when there is none of that name */
	read(name: string): Promise<MappingTemplate>;
	/** Undefined when there is none of that name. */
	find(name: string): Promise<MappingTemplate | undefined>;
	/** Saves it over one of the same name. A template that says the same as the saved one is not written again. */
	save(template: MappingTemplate): Promise<SaveOutcome>;
	/**
	 * Saves what `change` makes of the template of that name. Where somebody else saved it in between, `change` is called
	 * again with what they saved: nothing of it is lost.
	 */
	update(
		name: string,
		change: (before: MappingTemplate | undefined) => MappingTemplate,
	): Promise<SaveOutcome>;
	/** @returns whether there was one */
	delete(name: string): Promise<boolean>;
}

/** A template as it is kept: its JSON under its name. */
export interface StoredTemplate {
	name: string;
	/** ISO 8601 in UTC. */
	savedAt: string;
	/** JSON. */
	content: string;
	/** Goes up with each save, and so tells whether somebody else saved it in between. */
	revision: number;
}

/** The file or the table that keeps the JSON of templates. Each method is one transaction. */
export interface StoredTemplates {
	/** In any order; empty where nothing was ever saved. */
	names(): Promise<string[]>;
	list(): Promise<StoredTemplate[]>;
	find(name: string): Promise<StoredTemplate | undefined>;
	/** @returns false when there is one of that name already */
	insert(template: StoredTemplate): Promise<boolean>;
	/** @returns false when the one of that name has another revision than `before` by now, or is gone */
	replace(template: StoredTemplate, before: number): Promise<boolean>;
	/** @returns whether there was one */
	delete(name: string): Promise<boolean>;
}

export const summaryOf = ({
	name,
	savedAt,
	fields,
	columns,
	contract,
	groups = [],
}: MappingTemplate): TemplateSummary => ({
	name,
	savedAt,
	fields: [
		...fields.map((field) => field.name),
		...groups.flatMap((group) => group.fields.map((field) => `${group.name}.${field.name}`)),
	],
	columns: columns.map((column) => column.name),
	hasContract: contract !== undefined,
	...(groups.length > 0 && { groups: groups.map((group) => group.name) }),
});
