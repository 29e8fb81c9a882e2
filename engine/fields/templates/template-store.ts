import type { MappingTemplate } from './template';

/** What a list of templates shows. */
export interface TemplateSummary {
	name: string;
	/** ISO 8601 in UTC. */
	savedAt: string;
	/** Names of the fields. */
	fields: string[];
	/** Headers of the file that it was saved with. */
	columns: string[];
	hasContract: boolean;
}

/** Where templates are kept. Names are compared as they are written. */
export interface TemplateStore {
	/** By name. */
	list(): Promise<TemplateSummary[]>;
	/** @throws ImportError RUN_TEMPLATE when there is none of that name */
	read(name: string): Promise<MappingTemplate>;
	/** Undefined when there is none of that name. */
	find(name: string): Promise<MappingTemplate | undefined>;
	/** Saves it over one of the same name. A template that says the same as the saved one is not written again. */
	save(template: MappingTemplate): Promise<'created' | 'replaced' | 'unchanged'>;
	/** @returns whether there was one */
	delete(name: string): Promise<boolean>;
}

export const summaryOf = ({
	name,
	savedAt,
	fields,
	columns,
	contract,
}: MappingTemplate): TemplateSummary => ({
	name,
	savedAt,
	fields: fields.map((field) => field.name),
	columns: columns.map((column) => column.name),
	hasContract: contract !== undefined,
});
