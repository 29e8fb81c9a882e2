import type { Column } from '../../dataset';
import { ImportError } from '../../issues';
import { readContract, type FileContract } from '../contract';
import type { FieldSpec } from '../field';
import { readFieldSpecs } from '../field-options';
import { unmappedChoices, type Unmapped } from '../map-step';
import { readColumns, readLearned, type Learned } from './remembered';
import { readTemplateGroups, type TemplateGroup } from './template-group';

/** A mapping that is kept under a name, to be used for later files of the same kind. Plain JSON. */
export interface MappingTemplate {
	/** Tells the JSON of a template from other JSON. */
	kind: typeof KIND;
	/** 2 where it holds record groups, so that who knows none refuses it. */
	version: typeof VERSION | typeof GROUPS_VERSION;
	name: string;
	/** When it was saved, ISO 8601 in UTC. */
	savedAt: string;
	/**
	 * The fields with all their rules, and the columns that they took in the file that the template was saved with. None where
	 * it holds record groups, which have their own.
	 */
	fields: FieldSpec[];
	/** Where a row of the file holds several records. */
	groups?: TemplateGroup[];
	unmapped: Unmapped;
	learned: Learned;
	/** The columns of the file that it was saved with, in their order. */
	columns: Column[];
	contract?: FileContract;
}

const KIND = 'data-import-template';
const VERSION = 1;
const GROUPS_VERSION = 2;

/** What a template holds, besides what says that it is one. */
export type TemplateContent = Omit<MappingTemplate, 'kind' | 'version' | 'savedAt'>;

/** Longest name of a template, in characters. */
const LONGEST_NAME = 200;

/** Makes a template as it is saved now. @throws ImportError RUN_TEMPLATE when the name is empty or too long */
export function makeTemplate(content: TemplateContent, savedAt = new Date()): MappingTemplate {
	const name = content.name.trim();
	if (name === '' || name.length > LONGEST_NAME) {
		throw wrong(`A template needs a name of 1 to ${LONGEST_NAME} characters`);
	}
	const version = content.groups === undefined ? VERSION : GROUPS_VERSION;
	const template = { kind: KIND, version, ...content, name } as const;
	return { ...template, savedAt: savedAt.toISOString() };
}

/**
 * A template out of JSON, text or parsed. What it holds is checked; what is not known is left out.
 *
 * @throws ImportError RUN_TEMPLATE, RUN_CONFIG when a field in it is wrong
 */
export function readTemplate(json: unknown): MappingTemplate {
	const value = typeof json === 'string' ? parse(json) : json;
	if (!isRecord(value) || value.kind !== KIND) throw wrong('The JSON is not that of a template');
	const hasGroups = value.version === GROUPS_VERSION;
	if (value.version !== VERSION && !hasGroups) {
		throw wrong(`The template has version ${String(value.version)}, which is not known`);
	}
	const { name, unmapped = 'skip', contract, savedAt } = value;
	if (typeof name !== 'string') throw wrong('The template has no name');
	const choice = unmappedChoices.find((candidate) => candidate === unmapped);
	if (choice === undefined) throw wrong(`"unmapped" must be one of ${unmappedChoices.join(', ')}`);
	const columns = readColumns(value.columns);
	const when = typeof savedAt === 'string' ? new Date(savedAt) : new Date();
	const content: TemplateContent = {
		name,
		fields: hasGroups ? [] : readFieldSpecs(value.fields, 'fields'),
		...(hasGroups && { groups: readTemplateGroups(value.groups, columns) }),
		unmapped: choice,
		learned: readLearned(value.learned),
		columns,
		...(isRecord(contract) && { contract: readContract(contract) }),
	};
	return makeTemplate(content, Number.isNaN(when.getTime()) ? new Date() : when);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw wrong(`The template is not valid JSON: ${reason}`);
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (message: string) => new ImportError('RUN_TEMPLATE', message);
