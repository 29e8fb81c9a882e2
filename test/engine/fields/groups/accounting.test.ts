import { openRows, planGroups, run, type Cell, type RecordGroup } from '../../../../engine';
import { Random } from '../../random';

const TRIALS = 300;

/** Every cell has a text of its own, so that it can be found again. */
interface Table {
	columns: string[];
	rows: Cell[][];
}

const fixedNames = ['Id', 'Name', 'City'];
const commonNames = ['Grade', 'Comment', 'Room'];

function randomTable(random: Random): Table {
	const sets = random.times(random.between(1, 4), (i) => `T${i}`);
	const ofSets = sets.flatMap((set) =>
		commonNames.filter(() => random.chance(0.8)).map((name) => `${set}_${name}`),
	);
	const columns = [...fixedNames, 'Tags', ...sets.map((set) => `${set}_Points`), ...ofSets];
	const rows = random.times(random.below(12), (row) =>
		columns.map((name, column): Cell => {
			if (random.chance(0.4)) return random.of([null, '', ' ']);
			// numbers that are none now and then: their records fail
			if (name.endsWith('_Points') && random.chance(0.8)) return row * 100 + column;
			const text = `r${row}c${column}`;
			if (name !== 'Tags') return text;
			return random
				.times(random.between(1, 4), (i) => (random.chance(0.2) ? '' : `${text}v${i}`))
				.join(random.of(['; ', ';', ' ;']));
		}),
	);
	return { columns, rows };
}

function randomGroups(random: Random, { columns }: Table): RecordGroup[] {
	const some = (names: readonly string[]) => names.filter(() => random.chance(0.6));
	const sets = [...new Set(columns.map((name) => /^T\d/.exec(name)?.[0] ?? '').filter(Boolean))];
	const common = commonNames.filter((name) =>
		sets.some((set) => columns.includes(`${set}_${name}`)),
	);
	const parent: RecordGroup = {
		name: 'parent',
		idField: 'key',
		fields: ['Id', ...some(['Name', 'City'])].map((name) => ({ name, column: name })),
	};
	const refers = random.chance(0.5) ? [{ field: 'parent_id', group: 'parent' }] : [];
	const inSets: RecordGroup = {
		name: 'in sets',
		repeat: {
			kind: 'column-sets',
			sets: sets.map((set) => ({ pattern: `${set}_*` })),
			labelColumn: 'Term',
		},
		references: refers,
		idField: 'key',
		fields: [
			{ name: 'Points', column: 'Points', type: 'integer', required: random.chance(0.2) },
			...[...some(common), ...some(fixedNames), 'Term'].map((name) => ({ name, column: name })),
		],
	};
	const inCell: RecordGroup = {
		name: 'in a cell',
		repeat: { kind: 'delimited-cell', column: 'Tags' },
		references: refers,
		idField: 'key',
		fields: ['Tags', ...some(fixedNames)].map((name) => ({ name, column: name })),
	};
	const groups = [inSets, parent, inCell].filter(
		({ name }) => name === 'parent' || random.chance(0.8),
	);
	return random.chance(0.5) ? groups : groups.reverse();
}

const textOf = (cell: Cell | undefined): string =>
	typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const isFilled = (cell: Cell | undefined) => cell !== null && textOf(cell).trim() !== '';

/** The texts of a row that the group takes from columns which are there once for each record. */
function textsOnce(table: Table, { repeat, fields }: RecordGroup, row: readonly Cell[]): string[] {
	const taken = fields.map(({ column }) => column ?? '');
	return table.columns.flatMap((name, i) => {
		const cell = row[i] ?? null;
		if (!isFilled(cell)) return [];
		if (repeat?.kind === 'delimited-cell') {
			if (name !== 'Tags') return [];
			return textOf(cell)
				.split(';')
				.map((text) => text.trim())
				.filter((text) => text !== '');
		}
		const plain = repeat === undefined ? name : name.replace(/^T\d_/, '');
		const isOnce = repeat === undefined || plain !== name;
		return isOnce && taken.includes(plain) ? [textOf(cell)] : [];
	});
}

function recordsOf(table: Table, { repeat }: RecordGroup, row: readonly Cell[]): number {
	if (repeat === undefined) return 1;
	if (repeat.kind === 'column-sets') return repeat.sets.length;
	const listed = textOf(row[table.columns.indexOf('Tags')] ?? '').split(';');
	return Math.max(1, listed.filter((text) => text.trim() !== '').length);
}

/** How many of the records of a row have nothing in what the group takes. */
function emptyRecords(table: Table, group: RecordGroup, row: readonly Cell[]): number {
	const { repeat, fields } = group;
	if (repeat?.kind !== 'column-sets') return textsOnce(table, group, row).length === 0 ? 1 : 0;
	const common = fields.map(({ column }) => column ?? '');
	return repeat.sets.filter(({ pattern }) =>
		common.every((name) => {
			const place = table.columns.indexOf(pattern.replace('*', name));
			return place === -1 || !isFilled(row[place]);
		}),
	).length;
}

const idsIn = (text: string) => /^(parent|in sets|in a cell):/.test(text);

describe('rows that hold several records are accounted for', () => {
	test(`each record of a row has one outcome, and no cell is lost or doubled, in ${TRIALS} random tables`, async () => {
		const seen = { records: 0, skipped: 0, failed: 0 };
		for (let trial = 0; trial < TRIALS; trial++) {
			const random = Random.of(20261120, trial);
			const table = randomTable(random);
			const groups = randomGroups(random, table);
			const dataset = openRows(
				table.columns.map((name) => ({ name })),
				table.rows,
			);
			const parents = new Set<string>();
			for (const { name, steps } of planGroups(groups, dataset.source.columns)) {
				const group = groups.find((each) => each.name === name)!;
				const outcomes = table.rows.map(() => ({
					made: 0,
					rejected: 0,
					skipped: 0,
					texts: [] as string[],
				}));
				const ids = new Set<string>();
				for await (const { rows, rejected, columns } of run(
					{ ...dataset, steps },
					{ batchSize: 4 },
				)) {
					const key = columns.findIndex((column) => column.name === 'key');
					const parent = columns.findIndex((column) => column.name === 'parent_id');
					for (const { number, cells } of rows) {
						const outcome = outcomes[number - 1]!;
						outcome.made++;
						outcome.texts.push(
							...cells
								.filter(isFilled)
								.map(textOf)
								.filter((text) => !idsIn(text)),
						);
						ids.add(textOf(cells[key]));
						if (name === 'parent') parents.add(textOf(cells[key]));
						// a parent that was skipped is referred to by none
						if (parent !== -1 && cells[parent] !== null) {
							expect(parents).toContain(cells[parent]);
						}
					}
					for (const { number, outcome, source } of rejected) {
						outcomes[number - 1]!.rejected++;
						expect(source).toEqual(table.rows[number - 1]);
						if (outcome === 'skipped') outcomes[number - 1]!.skipped++;
						seen[outcome]++;
					}
				}
				const made = outcomes.reduce((sum, outcome) => sum + outcome.made, 0);
				expect(ids.size).toBe(made);
				seen.records += made;
				for (const [i, row] of table.rows.entries()) {
					const { made: records, rejected, skipped, texts } = outcomes[i]!;
					expect(records + rejected).toBe(recordsOf(table, group, row));
					expect(skipped).toBe(emptyRecords(table, group, row));
					const wanted = textsOnce(table, group, row);
					const found = wanted.map((text) => texts.filter((each) => each === text).length);
					expect(Math.max(0, ...found)).toBeLessThanOrEqual(1);
					// what is not there stands in a row that was rejected, whole
					if (rejected === 0) expect(found.every((count) => count === 1)).toBe(true);
				}
			}
		}
		expect(seen.records).toBeGreaterThan(1000);
		expect(seen.skipped).toBeGreaterThan(100);
		expect(seen.failed).toBeGreaterThan(100);
	});
});
