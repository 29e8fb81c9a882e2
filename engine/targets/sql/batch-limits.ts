import { ImportError } from '../../issues';
import type { LoadSpecification } from '../target';

/** What a load that commits in batches cannot do, and why. */
const LIMITS: ReadonlyArray<{
	applies: (specification: LoadSpecification) => boolean;
	message: string;
	hint: string;
}> = [
	{
		applies: ({ references = [], columns }) =>
			references.some(({ isSelf, by }) => isSelf && columns.includes(by.name)),
		message: 'Rows that refer to other rows of the file cannot be committed in batches',
		hint: 'They are written level by level, each row behind the one that it refers to.',
	},
	{
		applies: ({ synchronisation }) => synchronisation !== undefined,
		message: 'Records that are absent from the file cannot be deleted or changed in batches',
		hint: 'What is absent is known of the whole file, and must not be gone where the rest is not written.',
	},
	{
		applies: ({ delta }) => delta === true,
		message: 'Rows that are the same as in the last run cannot be left out in batches',
		hint: 'The rows of a run are remembered together, in the transaction that writes them.',
	},
	{
		applies: ({ rules: { match, onMatch } }) =>
			onMatch === 'update' && match.some(({ several }) => several === 'all'),
		message: 'Rows that update all records that fit cannot be committed in batches',
		hint: 'A batch counts rows, and one row may be for any number of records.',
	},
	{
		applies: ({ rules: { policies = {} } }) =>
			Object.values(policies).some((policy) => policy === 'append' || policy === 'remove'),
		message: 'Lists cannot be added to or taken from in batches',
		hint: 'The lists are read before the first batch, and others may change them before the last.',
	},
];

/** @throws ImportError RUN_CONFIG where the load can only be committed at once */
export function requireBatches(specification: LoadSpecification): void {
	const limit = LIMITS.find(({ applies }) => applies(specification));
	if (limit === undefined) return;
	throw new ImportError('RUN_CONFIG', limit.message, {
		hint: `${limit.hint} Set Commit to Everything at Once.`,
	});
}
