import { load, openRows, type LoadOptions, type LoadResult, type Target } from '../../../engine';
import { customerRows, rules } from './customers';
import type { DisturbedDatabase } from './databases';

/** The phases of a load behind its start. */
export const PHASES = ['stage', 'decide', 'apply', 'commit'] as const;

export type Phase = (typeof PHASES)[number];

/** The target; before a phase begins, for the first times, something happens. */
export function disturbed(
	target: Target,
	phase: Phase,
	happens: () => Promise<unknown>,
	times = 1,
): Target {
	let left = times;
	return {
		label: target.label,
		listTables: () => target.listTables(),
		describeTable: (table) => target.describeTable(table),
		close: () => target.close(),
		startLoad: async (specification) => {
			const session = await target.startLoad(specification);
			const before = async (name: Phase) => {
				if (name !== phase || left-- <= 0) return;
				await happens();
			};
			return {
				...(session.inBatches && { inBatches: session.inBatches }),
				alreadyImported: () => session.alreadyImported(),
				stage: async (rows) => {
					await before('stage');
					return await session.stage(rows);
				},
				decide: async () => (await before('decide'), await session.decide()),
				planned: (...given) => session.planned(...given),
				choose: (choices) => session.choose(choices),
				candidates: (first, last) => session.candidates(first, last),
				withhold: (pages) => session.withhold(pages),
				apply: async (report) => {
					await before('apply');
					await session.apply(report);
				},
				commit: async (remember) => {
					await before('commit');
					await session.commit(remember);
				},
				close: () => session.close(),
			};
		},
	};
}

/** Imports the customers. */
export const importCustomers = async (
	database: DisturbedDatabase,
	options: Partial<LoadOptions> = {},
	target = database.target,
): Promise<LoadResult> =>
	await load(
		openRows([{ name: 'email' }, { name: 'name' }, { name: 'points' }], customerRows()),
		target,
		{ table: database.table('customers'), rules, mode: 'apply', ...options },
	);

/** How a run ended that was to fail. */
export const codeOf = async (running: Promise<unknown>): Promise<unknown> =>
	await running.then(
		() => 'it went well',
		(error: unknown) => (error as { code?: unknown }).code ?? error,
	);
