import { createHash } from 'node:crypto';
import { ImportError } from '../../issues';
import type { LoadRules, RowChoice, TableDescription } from '../../targets';
import type { Dataset } from '../../dataset';
import type { ImportParts, KeptPlan, RunStore } from './run-store';

interface Import {
	dataset: Dataset;
	table: TableDescription;
	/** Names the database that the table is in. */
	place: string;
	columns: readonly string[];
	rules: LoadRules;
	choices: readonly RowChoice[];
	/** What else says what becomes of rows and records. */
	settings: readonly unknown[];
}

/** The fingerprints of an import. Reads the file once. @throws ImportError FILE_* */
export async function partsOf({
	dataset,
	table,
	place,
	columns,
	rules,
	choices,
	settings,
}: Import): Promise<ImportParts> {
	const sorted = [...choices].sort((a, b) => a.row - b.row);
	return {
		file: await contentOf(dataset),
		steps: hashOf(stepsOf(dataset)),
		table: hashOf([place, table]),
		rules: hashOf([columns, rules, ...settings]),
		choices: hashOf(sorted),
	};
}

/**
 * The plan of a token, if it is that of an import.
 *
 * @throws ImportError RUN_PLAN_UNKNOWN, RUN_PLAN_CHANGED, RUN_STATE
 */
export async function planOf(
	store: RunStore,
	token: string,
	parts: () => Promise<ImportParts>,
): Promise<KeptPlan> {
	const plan = await store.plan(token);
	if (plan === undefined) {
		throw new ImportError('RUN_PLAN_UNKNOWN', `No plan has the token "${token}"`, { value: token });
	}
	const now = await parts();
	const changed = PARTS.filter(([part]) => plan.parts[part] !== now[part]).map(
		([, words]) => words,
	);
	if (changed.length > 0) {
		throw new ImportError(
			'RUN_PLAN_CHANGED',
			`Since the plan was made on ${plan.madeAt}, something has changed: ${changed.join('; ')}`,
			{ value: token },
		);
	}
	return plan;
}

const PARTS: ReadonlyArray<[keyof ImportParts, string]> = [
	['file', 'the content of the file'],
	['steps', 'how the file is read, mapped or transformed'],
	['table', 'the table or its columns'],
	['rules', 'the match rules or what is done with rows'],
	['choices', 'the choices for single rows'],
];

/** The content of the files behind a dataset and those attached to it. */
async function contentOf(dataset: Dataset): Promise<string> {
	const hash = createHash('sha256');
	await addContent(hash, dataset);
	return hash.digest('hex');
}

async function addContent(
	hash: ReturnType<typeof createHash>,
	{ source, bytes, attachments = {} }: Dataset,
): Promise<void> {
	if (source.kind === 'rows') {
		for (const row of source.rows) hash.update(`${JSON.stringify(row)}\n`);
	} else if (bytes !== undefined) {
		for await (const chunk of bytes.chunks()) hash.update(chunk);
	}
	for (const name of Object.keys(attachments).sort()) {
		const attached = attachments[name];
		hash.update(`\u0000${name}\u0000`);
		if (attached !== undefined) await addContent(hash, attached);
	}
}

/** How the rows are made of the content. The name of a file says nothing about its rows. */
function stepsOf({ source, steps, attachments = {} }: Dataset): unknown {
	const attached = Object.entries(attachments).map(
		([name, inner]) => [name, stepsOf(inner)] as const,
	);
	const read = source.kind === 'rows' ? {} : { format: source.format, options: source.options };
	return { ...read, columns: source.columns, steps, attached: Object.fromEntries(attached) };
}

const hashOf = (value: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(sortedKeys(value)))
		.digest('hex');

/** The same value with the keys of its objects in order. */
function sortedKeys(value: unknown): unknown {
	if (Array.isArray(value)) return (value as unknown[]).map(sortedKeys);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries<unknown>(value as Record<string, unknown>).sort(([a], [b]) =>
		a < b ? -1 : 1,
	);
	return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
