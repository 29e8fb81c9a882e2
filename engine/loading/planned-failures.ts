import { issue, quoteValue, type Issue, type IssueCode } from '../issues';
import { nameOfRule, type MatchRule } from '../matching';
import type {
	Candidate,
	LoadSession,
	LoadSpecification,
	PlannedRow,
	RowCandidates,
} from '../targets';
import type { PlanCheck } from './plans';
import type { RowPlaces } from './row-places';

/** Says of rows that are to fail why they do, in a person's words, page by page. */
export class PlannedFailures {
	readonly #specification: Pick<LoadSpecification, 'rules' | 'table' | 'choices'>;

	readonly #places: RowPlaces;

	readonly #check: PlanCheck | undefined;

	/** @param check knows why rows are not as planned */
	constructor(
		specification: Pick<LoadSpecification, 'rules' | 'table' | 'choices'>,
		places: RowPlaces,
		check: PlanCheck | undefined,
	) {
		this.#specification = specification;
		this.#places = places;
		this.#check = check;
	}

	/** @param rows rows that fail, in ascending order @returns an issue for each */
	async describe(session: LoadSession, rows: readonly PlannedRow[]): Promise<Issue[]> {
		const ambiguous = rows.filter(
			({ code }) => code === 'MATCH_SEVERAL' || code === 'MATCH_SIMILAR',
		);
		const [first, last] = [ambiguous[0], ambiguous.at(-1)];
		const listed =
			first === undefined || last === undefined
				? []
				: await session.candidates(first.number, last.number);
		const candidates = new Map(listed.map((row) => [row.number, row]));
		const stale = (await this.#check?.reasons(rows)) ?? new Map<number, string>();
		return rows.map((row) =>
			this.#describe(row, candidates.get(row.number), stale.get(row.number)),
		);
	}

	#describe(
		{ number: staged, code = 'WRITE_REFUSED', values, rule }: PlannedRow,
		found: RowCandidates | undefined,
		stale: string | undefined,
	): Issue {
		const number = this.#places.rowOf(staged);
		const { rules, table } = this.#specification;
		const matchOn = columnsOfRules(
			rules.match.filter((known) => rule === undefined || nameOfRule(known) === rule),
		);
		const key = matchOn.map((name) => `${name} = ${quoteValue(values[name] ?? '')}`).join(', ');
		const needed =
			code === 'MATCH_BLANK_KEY'
				? matchOn
				: table.columns.filter((c) => !c.nullable && !c.hasDefault).map(({ name }) => name);
		const empty = needed.filter((name) => values[name] === null);
		const messages: Partial<Record<IssueCode, string>> = {
			MATCH_BLANK_KEY: `Row ${number} has no value in ${empty.join(', ')}, so its record cannot be told`,
			WRITE_NOT_NULL: `Row ${number} has no value for ${empty.join(', ')}, which the table needs`,
			CELL_LENGTH: `Row ${number} adds more to a list than its column can hold`,
			MATCH_DUPLICATE_IN_FILE: `Row ${number} has the same key as another row of the file (${key})`,
			MATCH_SEVERAL: `Row ${number} matches ${found?.hits ?? 'several'} records (${key})${listOf(found)}`,
			MATCH_SIMILAR: `Row ${number} is like ${found?.hits === 1 ? 'a record that is' : `${found?.hits ?? 'several'} records that are`} already there (${key})${listOf(found)}`,
			MATCH_FOUND: `Row ${number} matches a record that is already there (${key})`,
			MATCH_NONE: `Row ${number} matches no record (${key})`,
			MATCH_STALE: `Row ${number} ${stale ?? 'would do something else than was planned'}`,
			MATCH_CHOICE_LOST: `The record that was chosen for row ${number} is not there${this.#chosen(number)}`,
		};
		return issue(code, messages[code] ?? `Row ${number} was refused`, {
			severity: 'error',
			row: number,
			field: empty[0] ?? matchOn[0],
			value: empty.length > 0 ? undefined : quoteValue(values[matchOn[0] ?? ''] ?? ''),
			...(found && { candidates: found.candidates }),
		});
	}

	#chosen(row: number): string {
		const choice = this.#specification.choices?.find((known) => known.row === row);
		return choice?.record === undefined ? '' : ` (${pairsOf(choice.record)})`;
	}
}

function listOf(found: RowCandidates | undefined): string {
	if (found === undefined) return '';
	const { candidates, hits } = found;
	const more = hits > candidates.length ? ` and ${hits - candidates.length} more` : '';
	return `: ${candidates.map(candidateText).join('; ')}${more}`;
}

function candidateText({ record, values, rule, why }: Candidate): string {
	const alike = why === undefined ? '' : `, ${why}`;
	return `${pairsOf({ ...record, ...values })} (by ${rule}${alike})`;
}

const pairsOf = (values: Readonly<Record<string, unknown>>): string =>
	Object.entries(values)
		.map(([name, value]) => `${name} = ${quoteValue(value ?? '')}`)
		.join(', ');

const columnsOfRules = (rules: readonly MatchRule[]): string[] => [
	...new Set(rules.flatMap(({ fields }) => fields.map(({ column }) => column))),
];
