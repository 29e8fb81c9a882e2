import {
	addStep,
	columnsOf,
	describe as describeFile,
	groupColumns,
	openFile,
	openRows,
	orderGroups,
	planGroups,
	recordGroupIds,
	run,
	temporaryId,
	type Cell,
	type Column,
	type Dataset,
	type GroupOptions,
	type RecordGroup,
	type RejectedRow,
	type Row,
} from '../../../../engine';

const named = (...names: string[]): Column[] => names.map((name) => ({ name }));

const same = (...names: string[]) => names.map((name) => ({ name, column: name }));

const terms = {
	kind: 'column-sets' as const,
	sets: [{ pattern: 'Fall_*' }, { pattern: 'Winter_*' }, { pattern: 'Spring_*' }],
	labelColumn: 'Term',
};

interface Records {
	dataset: Dataset;
	columns: string[];
	rows: Row[];
	cells: Cell[][];
	rejected: RejectedRow[];
	warnings: string[];
}

/** Runs each group as the dataset that it is. */
async function records(
	dataset: Dataset,
	groups: readonly RecordGroup[],
	options?: GroupOptions,
): Promise<Record<string, Records>> {
	const result: Record<string, Records> = {};
	for (const { name, steps, issues } of planGroups(groups, columnsOf(dataset), options)) {
		const grouped = steps.reduce(addStep, dataset);
		const rows: Row[] = [];
		const rejected: RejectedRow[] = [];
		const warnings = issues.map(({ code }) => code as string);
		for await (const batch of run(grouped)) {
			rows.push(...batch.rows);
			rejected.push(...batch.rejected);
			warnings.push(...batch.issues.map(({ code, column }) => `${code} ${column}`));
		}
		const columns = columnsOf(grouped).map((column) => column.name);
		const cells = rows.map((row) => row.cells);
		result[name] = { dataset: grouped, columns, rows, cells, rejected, warnings };
	}
	return result;
}

const errorOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		const { code, message } = error as { code: string; message: string };
		return `${code}: ${message}`;
	}
	return undefined;
};

const grades = openRows(
	named('Student', 'Fall_Grade', 'Fall_Comment', 'Winter_Grade', 'Winter_Comment', 'Spring_Grade'),
	[
		['Ada', 'A', 'good', 'B', '', 'A'],
		['Bo', 'C', '', '', ' ', 'D'],
	],
);

const student: RecordGroup = { name: 'student', fields: [{ name: 'name', column: 'Student' }] };

const card: RecordGroup = {
	name: 'card',
	repeat: terms,
	references: [{ field: 'student_id', group: 'student' }],
	fields: [
		{ name: 'student_id', type: 'integer' },
		{ name: 'term', column: 'Term' },
		...same('Grade', 'Comment'),
	],
};

describe('column sets', () => {
	test('S141: one row of grades makes a student and three report cards', async () => {
		const made = await records(grades, [student, card]);
		expect(made.student!.cells).toEqual([['Ada'], ['Bo']]);
		expect(made.card!.columns).toEqual(['student_id', 'term', 'Grade', 'Comment']);
		expect(made.card!.cells).toEqual([
			['student:1', 'Fall', 'A', 'good'],
			['student:1', 'Winter', 'B', ''],
			['student:1', 'Spring', 'A', null],
			['student:2', 'Fall', 'C', ''],
			['student:2', 'Spring', 'D', null],
		]);
		expect(made.card!.rows.map(({ number, part }) => [number, part])).toEqual([
			[1, 1],
			[1, 2],
			[1, 3],
			[2, 1],
			[2, 3],
		]);
	});

	test('a record without a value is skipped with a code and counted, and may be kept', async () => {
		const made = await records(grades, [student, card]);
		expect(made.card!.rejected).toEqual([
			{
				number: 2,
				source: ['Bo', 'C', '', '', ' ', 'D'],
				outcome: 'skipped',
				issues: [
					expect.objectContaining({
						code: 'ROW_NO_RECORD',
						severity: 'info',
						row: 2,
						column: 'Winter_Grade',
						message: 'The row has nothing for "Winter" of the record group "card"',
					}),
				],
			},
		]);
		const kept = await records(grades, [student, { ...card, emptyRecords: 'keep' }]);
		expect(kept.card!.rejected).toEqual([]);
		expect(kept.card!.cells[4]).toEqual(['student:2', 'Winter', '', ' ']);
	});

	test('a set without a column is said before a row is read, and its cells are empty', async () => {
		const made = await records(grades, [student, card]);
		expect(made.card!.warnings).toEqual(['HEADER_SET']);
		const [{ message, column } = { message: '', column: '' }] = groupColumns(
			columnsOf(grades),
			'card',
			terms,
		).issues;
		expect(column).toBe('Spring_Comment');
		expect(message).toContain(
			'The set "Spring" of the record group "card" has no column "Spring_Comment"',
		);
	});

	test('the star may stand anywhere; case does not count; the pattern that says most has the column', () => {
		const columns = named('grade FALL', 'Grade Winter', 'Late Grade Winter', 'Winter');
		const found = groupColumns(columns, 'card', {
			kind: 'column-sets',
			sets: [
				{ pattern: '* Fall' },
				{ pattern: '* Winter' },
				{ pattern: 'Late * Winter', label: 'Late' },
			],
		});
		expect(found.columns.map(({ name }) => name)).toEqual(['Winter', 'Set', 'grade']);
		expect(found.inFile('grade')).toEqual(['grade FALL', 'Grade Winter', 'Late Grade Winter']);
	});

	test('a column that has the name of a set column or of the label gets a number', () => {
		const columns = named('Grade', 'Term', 'Fall_Grade', 'Winter_Grade');
		const sets = { ...terms, sets: terms.sets.slice(0, 2) };
		const found = groupColumns(columns, 'card', sets);
		expect(found.columns.map(({ name }) => name)).toEqual(['Grade_2', 'Term_2', 'Term', 'Grade']);
		expect(found.inFile('Grade_2')).toEqual(['Grade']);
		expect(found.inFile('Term')).toEqual([]);
		expect(found.nameOf('Winter_Grade')).toBe('Grade');
	});

	test('what one set tells about dates and numbers is true of the others', async () => {
		const dataset = await openFile(
			Buffer.from(
				'id;Fall_Date;Fall_Score;Winter_Date;Winter_Score\n1;13/02/2026;1,5;01/02/2026;7\n',
			),
		);
		const scores: RecordGroup = {
			name: 'score',
			repeat: { ...terms, sets: terms.sets.slice(0, 2) },
			fields: [
				{ name: 'Date', column: 'Date', type: 'date' },
				{ name: 'Score', column: 'Score', type: 'decimal' },
			],
		};
		expect((await records(dataset, [scores])).score!.cells).toEqual([
			['2026-02-13', 1.5],
			['2026-02-01', 7],
		]);
	});

	test('sets that write dates differently are each read in their own way', async () => {
		const dataset = await openFile(
			Buffer.from('Fall_Date,Winter_Date\n13/02/2026,02/28/2026\n01/02/2026,03/04/2026\n'),
		);
		const { columns } = await describeFile(dataset);
		expect(columns.map(({ column }) => column.format?.dateOrder)).toEqual(['dmy', 'mdy']);
		const dates: RecordGroup = {
			name: 'day',
			repeat: { ...terms, sets: terms.sets.slice(0, 2) },
			fields: [{ name: 'Date', column: 'Date', type: 'date' }],
		};
		expect((await records(dataset, [dates])).day!.cells.flat()).toEqual([
			'2026-02-13',
			'2026-02-28',
			'2026-02-01',
			'2026-03-04',
		]);
	});

	test('a cell that does not fit fails its record alone, under the name of its column in the file', async () => {
		const rows = openRows(named('id', 'Fall_Points', 'Winter_Points'), [['1', '7', 'seven']]);
		const points: RecordGroup = {
			name: 'points',
			repeat: { ...terms, sets: terms.sets.slice(0, 2) },
			fields: [
				{ name: 'points', column: 'Points', type: 'integer' },
				{ name: 'text', textTemplate: '{id}/{Points}', type: 'text', maxLength: 4 },
			],
		};
		const { cells, rejected } = (await records(rows, [points])).points!;
		expect(cells).toEqual([[7, '1/7']]);
		expect(rejected).toHaveLength(1);
		expect(rejected[0]).toMatchObject({
			number: 1,
			outcome: 'failed',
			source: ['1', '7', 'seven'],
		});
		expect(rejected[0]!.issues.map(({ code, column }) => [code, column])).toEqual([
			['CELL_NUMBER', 'Winter_Points'],
			['CELL_LENGTH', 'id, Winter_Points'],
		]);
	});

	test('a cell that is emptied with a warning is named as in the file, and values are unique over all sets', async () => {
		const rows = openRows(named('Fall_Grade', 'Winter_Grade', 'Fall_Id', 'Winter_Id'), [
			['A', 'x', '1', '1'],
		]);
		const sets = { ...terms, sets: terms.sets.slice(0, 2) };
		const grade: RecordGroup = {
			name: 'grade',
			repeat: sets,
			fields: [{ name: 'g', column: 'Grade', options: ['A'], others: 'empty' }],
		};
		const unique: RecordGroup = {
			name: 'unique',
			repeat: sets,
			fields: [{ name: 'id', column: 'Id', unique: true }],
		};
		const made = await records(rows, [grade, unique]);
		expect(made.grade!.cells).toEqual([['A'], [null]]);
		expect(made.grade!.warnings).toEqual(['CELL_OPTION Winter_Grade']);
		expect(made.unique!.rejected[0]?.issues[0]).toMatchObject({
			code: 'CELL_NOT_UNIQUE',
			column: 'Winter_Id',
		});
	});
});

describe('a delimited cell', () => {
	const tags = openRows(named('Id', 'Tags'), [
		['1', ' a;b ;; c;'],
		['2', ''],
		['3', ['x', null, 'y']],
		['4', 7],
	]);
	const tag: RecordGroup = {
		name: 'tag',
		repeat: { kind: 'delimited-cell', column: 'Tags' },
		idField: 'key',
		fields: same('Id', 'Tags'),
	};

	test('each value makes a record; blanks between delimiters make none; a blank cell is skipped', async () => {
		const made = (await records(tags, [tag])).tag!;
		expect(made.cells).toEqual([
			['1', 'a', 'tag:1:1'],
			['1', 'b', 'tag:1:2'],
			['1', 'c', 'tag:1:3'],
			['3', 'x', 'tag:3:1'],
			['3', 'y', 'tag:3:2'],
			['4', 7, 'tag:4:1'],
		]);
		expect(made.rejected.map(({ number, outcome }) => [number, outcome])).toEqual([[2, 'skipped']]);
	});

	test('a delimiter may be a line break', async () => {
		const lines = openRows(named('Id', 'Tags'), [['1', 'a, b\nc']]);
		const repeat = { kind: 'delimited-cell' as const, column: 'Tags', delimiter: '\\n' };
		const made = await records(lines, [{ ...tag, repeat, idField: undefined }]);
		expect(made.tag!.cells).toEqual([
			['1', 'a, b'],
			['1', 'c'],
		]);
	});

	test('a column that is not there is said before a row is read', () => {
		const repeat = { kind: 'delimited-cell' as const, column: 'Labels' };
		expect(errorOf(() => planGroups([{ ...tag, repeat }], columnsOf(tags)))).toBe(
			'RUN_NO_COLUMN: There is no column "Labels" to repeat the record group "tag" over; the columns are "Id", "Tags"',
		);
	});
});

describe('references', () => {
	const rows = openRows(named('Name', 'E-mail', 'Event', 'Date'), [
		['Ada', 'ada@example.org', 'Fair', '2026-01-02'],
		['Bo', 'bo@example.org', '', null],
		['', '', 'Talk', '2026-01-03'],
	]);
	const person: RecordGroup = {
		name: 'person',
		idField: 'key',
		fields: [
			{ name: 'name', column: 'Name' },
			{ name: 'email', column: 'E-mail', type: 'email' },
		],
	};
	const activity: RecordGroup = {
		name: 'activity',
		references: [{ field: 'person_id', group: 'person' }],
		fields: [...same('Event', 'Date'), { name: 'email', column: 'E-mail' }],
	};

	test('S30: a person and an activity in one row: parents first, the child knows its parent', async () => {
		const made = await records(rows, [activity, person]);
		expect(Object.keys(made)).toEqual(['person', 'activity']);
		expect(made.person!.cells).toEqual([
			['Ada', 'ada@example.org', 'person:1'],
			['Bo', 'bo@example.org', 'person:2'],
		]);
		expect(made.activity!.columns).toEqual(['Event', 'Date', 'email', 'person_id']);
		expect(made.activity!.cells).toEqual([
			['Fair', '2026-01-02', 'ada@example.org', 'person:1'],
			['Talk', '2026-01-03', '', null],
		]);
	});

	test('what the parent takes makes no child: a row with a person only has no activity', async () => {
		const made = await records(rows, [activity, person]);
		expect(made.activity!.rejected.map(({ number }) => number)).toEqual([2]);
		expect(made.person!.rejected.map(({ number }) => number)).toEqual([3]);
	});

	test('by its natural key: the child takes the value of the field, in its type', async () => {
		const mailed = openRows(named('Name', 'Mail', 'Event'), [['Ada', ' Ada@Example.ORG ', 'Fair']]);
		const [parent, child]: RecordGroup[] = [
			{ name: 'person', fields: [{ name: 'email', column: 'Mail', type: 'email' }] },
			{
				name: 'activity',
				references: [{ field: 'person_email', group: 'person', by: 'email' }],
				fields: same('Event'),
			},
		];
		const made = await records(mailed, [parent!, child!]);
		expect(made.activity!.cells).toEqual([['Fair', made.person!.cells[0]![0]]]);
	});

	test('by a key that is a text of several columns, from sets whose columns are named anew', async () => {
		const made = await records(
			openRows(named('Grade', 'Name', 'Fall_Grade'), [['7', 'Ada', 'A']]),
			[
				{ name: 'student', fields: [{ name: 'key', textTemplate: '{{{Name}}}-{Grade}' }] },
				{
					name: 'card',
					repeat: { ...terms, sets: terms.sets.slice(0, 1) },
					references: [{ field: 'student', group: 'student', by: 'key' }],
					fields: same('Grade'),
				},
			],
		);
		expect(made.student!.cells).toEqual([['{Ada}-7']]);
		expect(made.card!.cells).toEqual([['A', '{Ada}-7']]);
	});

	test('a child that is repeated as its parent gets the id of the same part, where there is one', async () => {
		const twice = openRows(named('Name 1', 'Job 1', 'Name 2', 'Job 2'), [
			['Ada', 'x', '', 'y'],
			['Bo', '', 'Cy', 'z'],
		]);
		const sets = ['1', '2'].map((n) => ({ pattern: `* ${n}` }));
		const repeat = { kind: 'column-sets' as const, sets };
		const made = await records(twice, [
			{ name: 'person', repeat, fields: same('Name') },
			{
				name: 'job',
				repeat,
				references: [{ field: 'of', group: 'person' }],
				fields: same('Job'),
			},
		]);
		expect(made.job!.cells).toEqual([
			['x', 'person:1:1'],
			['y', null],
			['z', 'person:2:2'],
		]);
	});

	test('the dataset tells which field holds temporary ids of which group, also under another name', async () => {
		const made = await records(rows, [activity, person]);
		const rename = {
			kind: 'rename-columns',
			version: 1,
			options: { names: [{ field: 'person_id', name: 'pid' }] },
		};
		expect(recordGroupIds(made.person!.dataset)).toEqual({
			group: 'person',
			own: 'key',
			references: [],
		});
		expect(recordGroupIds(addStep(made.activity!.dataset, rename))).toEqual({
			group: 'activity',
			references: [{ column: 'pid', group: 'person' }],
		});
		expect(recordGroupIds(rows)).toBeUndefined();
		const [first] = made.person!.rows;
		expect(temporaryId('person', first!)).toBe('person:1');
	});

	test('rows that an earlier step made several of have ids of their own', async () => {
		const listed = openRows(named('Who', 'Fall_X', 'Winter_X'), [['Ada;Bo', '1', '2']]);
		const exploded = addStep(listed, { kind: 'explode', version: 1, options: { field: 'Who' } });
		const sets = { ...terms, sets: terms.sets.slice(0, 2) };
		const made = await records(exploded, [
			{ name: 'who', idField: 'key', fields: same('Who') },
			{
				name: 'x',
				repeat: sets,
				idField: 'key',
				references: [{ field: 'who', group: 'who' }],
				fields: same('X'),
			},
		]);
		expect(made.who!.cells).toEqual([
			['Ada', 'who:1:1'],
			['Bo', 'who:1:2'],
		]);
		const ids = made.x!.cells.map(([, who, key]) => [who, key]);
		expect(ids.map(([who]) => who)).toEqual(['who:1:1', 'who:1:1', 'who:1:2', 'who:1:2']);
		expect(new Set(ids.map(([, key]) => key)).size).toBe(4);
		expect(ids.map(([, key]) => key)).toEqual(made.x!.rows.map((row) => temporaryId('x', row)));
	});
});

describe('groups are checked before the first row', () => {
	const group = (name: string, ...parents: string[]): RecordGroup => ({
		name,
		fields: same('Student'),
		references: parents.map((parent) => ({ field: `${parent}_id`, group: parent })),
	});

	test('parents come first, else the order stays as it is given', () => {
		const groups = [group('c', 'b'), group('x'), group('b', 'a'), group('a'), group('y', 'x')];
		expect(orderGroups(groups).map(({ name }) => name)).toEqual(['x', 'a', 'b', 'c', 'y']);
	});

	test.each([
		[
			[group('a', 'b'), group('b', 'c'), group('c', 'b')],
			'The record groups refer to each other in a circle: b -> c -> b',
		],
		[[group('a', 'a')], 'The record groups refer to each other in a circle: a -> a'],
		[[group('a'), group('a')], 'Two record groups are called "a"'],
		[[group(' ')], 'A record group has no name'],
		[[], 'There is no record group'],
		[
			[group('a', 'z')],
			'The field "z_id" of the record group "a" refers to the group "z", which is not there',
		],
		[
			[group('z'), group('a', 'z', 'z')],
			'The field "z_id" of the record group "a" has two references',
		],
		[
			[card, student, group('a', 'card')],
			'The record group "a" refers to "card", of which a row has several records: which one is meant cannot be told',
		],
		[
			[student, { ...card, references: [{ field: 's', group: 'student', by: 'no' }] }],
			'The field "s" of the record group "card" refers to "student" by its field "no", which it does not have',
		],
		[
			[
				{ ...student, fields: [{ name: 'g', column: 'Fall_Grade' }] },
				{ ...card, references: [{ field: 's', group: 'student', by: 'g' }] },
			],
			'The field "s" of the record group "card" cannot refer to "student" by "g": the column "Fall_Grade" is not the same for both',
		],
		[
			[{ ...card, references: [], repeat: { kind: 'column-sets', sets: [{ pattern: 'Fall' }] } }],
			'The record group "card" has the column set "Fall", which must have one *',
		],
		[
			[{ ...card, references: [], repeat: { kind: 'column-sets', sets: [{ pattern: '*' }] } }],
			'The record group "card" has the column set "*" without a label',
		],
		[
			[{ ...card, references: [], repeat: { kind: 'column-sets', sets: [] } }],
			'The record group "card" is repeated by column sets, and has none',
		],
		[
			[
				{
					...card,
					references: [],
					repeat: {
						kind: 'column-sets',
						sets: [{ pattern: 'Fall_*' }, { pattern: '*', label: 'Fall' }],
					},
				},
			],
			'The record group "card" has two column sets called "Fall"',
		],
	] as Array<[RecordGroup[], string]>)('RUN_CONFIG, case %#', (groups, message) => {
		expect(errorOf(() => planGroups(groups, columnsOf(grades)))).toBe(`RUN_CONFIG: ${message}`);
	});

	test('a pattern without columns, a required field without a column, and fields that take nothing', () => {
		const plan = (changed: Partial<RecordGroup>, options?: GroupOptions) =>
			errorOf(() =>
				planGroups([{ ...card, references: [], ...changed }], columnsOf(grades), options),
			);
		const summer = { ...terms, sets: [...terms.sets, { pattern: 'Summer_*' }] };
		expect(plan({ repeat: summer })).toMatch(
			/^RUN_NO_COLUMN: No column fits "Summer_\*", a column set of the record group "card"; the columns are "Student", /,
		);
		expect(plan({ fields: [{ name: 'x', required: true }, ...same('Grade')] })).toBe(
			'RUN_REQUIRED: No column is mapped to "x" of the record group "card", which the import needs',
		);
		expect(plan({ fields: [{ name: 'x' }] })).toBe(
			'RUN_NO_MAPPING: No column fits a field of the record group "card", and no field has a default',
		);
		expect(plan({ fields: same('Student') })).toBe(
			'RUN_NO_MAPPING: No field of the record group "card" takes a column that is repeated: "Grade", "Comment"',
		);
		expect(plan({ fields: same('Grade') }, { unmapped: 'error' })).toBe(
			'HEADER_UNMAPPED: No field takes "Student", "Fall_Comment", "Winter_Comment"',
		);
	});

	test('two columns that are the same in a set are told', () => {
		const columns = named('Fall_Grade', 'FALL_grade');
		const repeat = { ...terms, sets: terms.sets.slice(0, 1) };
		expect(errorOf(() => groupColumns(columns, 'card', repeat))).toBe(
			'RUN_CONFIG: The columns "Fall_Grade" and "FALL_grade" are both "Grade" in one column set of the record group "card"',
		);
	});
});

describe('columns that no group takes', () => {
	test('a column counts as used when any group uses it', () => {
		const fields = [...same('Grade', 'Comment')];
		const groups = [student, { ...card, references: [], fields }];
		expect(
			errorOf(() => planGroups(groups, columnsOf(grades), { unmapped: 'error' })),
		).toBeUndefined();
	});

	test('kept columns follow the fields of every group, without those of other groups and their sets', async () => {
		const rows = openRows(named('Student', 'Fall_Grade', 'Fall_Room', 'Colour', 'Secret'), [
			['Ada', 'A', '12', 'red', 's'],
		]);
		const repeat = { ...terms, sets: terms.sets.slice(0, 1) };
		const made = await records(rows, [student, { ...card, repeat, fields: same('Grade') }], {
			unmapped: 'keep',
			skipped: ['Secret'],
		});
		expect(made.student!.columns).toEqual(['name', 'Colour']);
		expect(made.card!.columns).toEqual(['Grade', 'student_id', 'Colour', 'Room']);
		expect(made.card!.cells).toEqual([['A', 'student:1', 'red', '12']]);
	});
});
