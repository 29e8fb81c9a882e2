import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type {
	DataTable,
	DataTableClient,
	DataTableColumn,
	DataTableRecord,
	DataTableUpdate,
	DataTableUpdates,
	DataTableValue,
	DataTableValues,
} from '../../../engine';

const SYSTEM_COLUMNS = ['id', 'createdAt', 'updatedAt'];

/** Moments as n8n keeps them in SQLite. */
const NOW = "(strftime('%Y-%m-%d %H:%M:%f', 'now'))";

/**
 * Data Tables as n8n was seen to behave: no constraints, one bad cell refuses all rows of a call, an insert is one
 * transaction, updates are one each, dates come back as moments in UTC.
 */
export class DataTableStore implements DataTableClient {
	sizeLimit: number | undefined;

	/** Comes before a call is done: what a test throws here, the store throws. */
	before: (call: 'insert' | 'update' | 'delete', rows: number) => void = () => undefined;

	/** Rows of the calls so far. */
	readonly calls: number[] = [];

	readonly #database = new DatabaseSync(':memory:');

	/** Runs a statement; of a table that it creates, the columns count and not their constraints. */
	run(statement: string): Array<Record<string, unknown>> {
		if (/^select/.test(statement)) {
			return this.#all(statement);
		}
		const created = /^create table (\w+) \((.*)\)$/.exec(statement);
		if (created === null) this.#database.exec(statement);
		else this.#create(created[1] ?? '', columnsOf(created[2] ?? ''));
		return [];
	}

	listTables(): Promise<DataTable[]> {
		const tables = this.#all(
			"select name from sqlite_schema where type = 'table' and name not like 'sqlite%'",
		);
		return Promise.resolve(tables.map(({ name }) => this.#describe(String(name))));
	}

	createTable(name: string, columns: readonly DataTableColumn[]): Promise<DataTable> {
		this.#create(name, columns);
		return Promise.resolve(this.#describe(name));
	}

	readRows(table: DataTable, after: number, limit: number): Promise<DataTableRecord[]> {
		const rows = this.#all(
			`select * from "${table.name}" where id > ? order by id limit ?`,
			after,
			limit,
		);
		const records = rows.map((row) => ({
			id: Number(row.id),
			updatedAt: inUtc(row.updatedAt),
			values: Object.fromEntries(
				table.columns.map(({ name, type }) => [name, shown(row[name], type)]),
			),
		}));
		return Promise.resolve(records);
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
	async insertRows(table: DataTable, rows: readonly DataTableValues[]): Promise<void> {
		this.calls.push(rows.length);
		this.before('insert', rows.length);
		for (const row of rows) checkRow(table, row);
		const names = table.columns.map(({ name }) => name);
		const insert = this.#database.prepare(
			`insert into "${table.name}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
		);
		this.#database.exec('begin');
		for (const row of rows) insert.run(...table.columns.map((column) => stored(row, column)));
		this.#database.exec('commit');
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
	async updateRows(
		table: DataTable,
		updates: readonly DataTableUpdate[],
	): Promise<DataTableUpdates> {
		this.before('update', updates.length);
		const written = new Set<number>();
		const refused = new Map<number, unknown>();
		for (const { id, unchangedSince, values } of updates) {
			try {
				checkRow(table, values);
				const columns = table.columns.filter(({ name }) => name in values);
				const { changes } = this.#database
					.prepare(
						`update "${table.name}" set ${columns.map(({ name }) => `${name} = ?`).join(', ')}, updatedAt = ${NOW} where id = ? and updatedAt < ?`,
					)
					.run(...columns.map((column) => stored(values, column)), id, asStored(unchangedSince));
				if (changes === 1) written.add(id);
			} catch (error) {
				refused.set(id, error);
			}
		}
		return { written, refused };
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
	async deleteRows(
		table: DataTable,
		records: ReadonlyArray<Pick<DataTableUpdate, 'id' | 'unchangedSince'>>,
	): Promise<DataTableUpdates> {
		this.before('delete', records.length);
		const written = new Set<number>();
		for (const { id, unchangedSince } of records) {
			const { changes } = this.#database
				.prepare(`delete from "${table.name}" where id = ? and updatedAt < ?`)
				.run(id, asStored(unchangedSince));
			if (changes === 1) written.add(id);
		}
		return { written, refused: new Map() };
	}

	#create(name: string, columns: readonly DataTableColumn[]): void {
		const definitions = columns.map(({ name: column, type }) => `${column} ${SQL_TYPES[type]}`);
		this.#database.exec(
			`create table "${name}" (${definitions.join(', ')}, id integer primary key autoincrement, createdAt text default ${NOW}, updatedAt text default ${NOW})`,
		);
	}

	#describe(name: string): DataTable {
		const columns = this.#all('select name, type from pragma_table_info(?)', name)
			.filter((column) => !SYSTEM_COLUMNS.includes(String(column.name)))
			.map((column) => ({ name: String(column.name), type: typeOf(String(column.type)) }));
		return { id: `id of ${name}`, name, columns };
	}

	#all(statement: string, ...values: SQLInputValue[]): Array<Record<string, unknown>> {
		return this.#database
			.prepare(statement)
			.all(...values)
			.map((row) => ({ ...row }));
	}
}

const SQL_TYPES = { string: 'text', number: 'real', boolean: 'boolean', date: 'datetime' } as const;

function typeOf(type: string): DataTableColumn['type'] {
	if (/date/i.test(type)) return 'date';
	if (/bool/i.test(type)) return 'boolean';
	return /int|real|num/i.test(type) ? 'number' : 'string';
}

/** Splits at commas that stand in no parentheses; the first two words of a part are name and type. */
const columnsOf = (definitions: string): DataTableColumn[] =>
	definitions.split(/,\s*(?![^(]*\))/).map((definition) => {
		const [name = '', type = ''] = definition.trim().split(/\s+/);
		return { name, type: typeOf(type) };
	});

function checkRow({ columns }: DataTable, row: DataTableValues): void {
	for (const [name, value] of Object.entries(row)) {
		const column = columns.find((candidate) => candidate.name === name);
		if (column === undefined) throw new Error(`unknown column name '${name}'`);
		if (value === null) continue;
		const fits =
			column.type === 'date'
				? typeof value === 'string' && /T.*Z$/.test(value) && !Number.isNaN(Date.parse(value))
				: typeof value === column.type;
		if (!fits) {
			throw new Error(`value '${String(value)}' does not match column type '${column.type}'`);
		}
	}
}

const asStored = (iso: string): string => iso.replace('T', ' ').replace('Z', '');

const inUtc = (text: unknown): string => new Date(`${String(text)}Z`).toISOString();

function stored(row: DataTableValues, { name, type }: DataTableColumn): SQLInputValue {
	const value = row[name] ?? null;
	if (typeof value === 'boolean') return Number(value);
	return type === 'date' && typeof value === 'string' ? asStored(value) : value;
}

function shown(value: unknown, type: DataTableColumn['type']): DataTableValue {
	if (value === null) return null;
	if (type === 'boolean') return value === 1;
	return type === 'date' ? inUtc(value) : (value as string | number);
}
