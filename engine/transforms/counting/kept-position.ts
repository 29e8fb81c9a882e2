import type { StepContext } from '../../dataset';
import { ImportError } from '../../issues';
import { text } from '../definition/parameters';

/** Where a run begins to count: where the last one ended, or anew. */
export type Position = 'kept' | 'anew';

/** The parameter that names a position which is kept across runs. */
export const positionName = (onlyWhen: Record<string, readonly string[]>) =>
	text({
		title: 'Position Name',
		summary:
			'Name under which the position is kept; operations with the same name go on counting together. Empty: workflow, node and column',
		default: '',
		onlyWhen: { position: ['kept'], ...onlyWhen },
	});

/** A count for each group, kept across runs where a name is given. */
export class KeptPosition {
	readonly #context: StepContext;

	readonly #name: string | undefined;

	readonly #isExclusive: boolean;

	#counter: Awaited<ReturnType<StepContext['state']['counter']>> | undefined;

	readonly #own = new Map<string, number>();

	/**
	 * @param name undefined to begin anew in each run
	 * @param isExclusive whether no count may be given twice, also by runs at the same time
	 * @throws ImportError RUN_CONFIG when the name is empty
	 */
	constructor(context: StepContext, name: string | undefined, isExclusive: boolean) {
		if (name === '') {
			throw new ImportError('RUN_CONFIG', 'The position that is kept across runs has no name');
		}
		this.#context = context;
		this.#name = name;
		this.#isExclusive = isExclusive;
	}

	/** @throws ImportError RUN_STATE */
	async open(): Promise<void> {
		if (this.#name === undefined) return;
		this.#counter = await this.#context.state.counter(this.#name, this.#isExclusive);
	}

	/** The count of a group, which is one more from then on. @throws ImportError RUN_LIMIT */
	next(group: string): number {
		const counter = this.#counter;
		if (counter === undefined) {
			const count = this.#own.get(group) ?? 0;
			this.#own.set(group, count + 1);
			if (count === 0) refuseTooMany(this.#own.size);
			return count;
		}
		const count = counter.get(group);
		counter.add(group, 1);
		refuseTooMany(counter.keys);
		return count;
	}
}

/** Positions are held in memory. */
const MOST_GROUPS = 100_000;

function refuseTooMany(groups: number): void {
	if (groups <= MOST_GROUPS) return;
	throw new ImportError(
		'RUN_LIMIT',
		`There are more than ${MOST_GROUPS} groups with a position of their own`,
		{ hint: 'Group by a column with fewer different values, such as a region.' },
	);
}
