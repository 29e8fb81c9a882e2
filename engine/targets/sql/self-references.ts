import { sql, type RawBuilder } from 'kysely';
import { issue, quoteValue } from '../../issues';
import type { RefusedRow, RefusedWrite } from '../target';
import type { LoadConnection } from './load-connection';
import type { PlacedReference } from './placed-reference';
import { planCodes, type PlanLetter } from './plan-codes';
import { cell, LEVEL, parent, PLAN, said, STAGE, WAITING } from './plan-tables';
import { UnreachableRows, type WaitingEdge } from './unreachable-rows';

type Sql = RawBuilder<unknown>;

/** Rows that wait for another row, with the row; its pieces. */
const EDGES = `${WAITING}_edges`;
const NODES = `${WAITING}_rows`;
const FRONTIER = `${WAITING}_next`;
const REACHED = `${WAITING}_reached`;
const LEVELS = `${WAITING}_levels`;

/** The rows of a plan by letter. */
export type LetterCounts = Map<PlanLetter, number>;

/**
 * Rows of the file that refer to other rows of it, for which there is no record yet. They are written after those, level by
 * level: then each row finds the record that it refers to in the table, with whatever id it was given there.
 */
export class SelfReferences {
	readonly #connection: LoadConnection;

	readonly #references: readonly PlacedReference[];

	/** How many levels of rows stand below the first; rows of that are written like any others. */
	#levels = 0;

	constructor(connection: LoadConnection, placed: readonly PlacedReference[]) {
		this.#connection = connection;
		this.#references = placed.filter(({ byPlace }) => byPlace !== -1);
	}

	/** Whether some rows have to be written after others. */
	get isNeeded(): boolean {
		return this.#levels > 0;
	}

	/**
	 * Puts the planned rows in order. Rows that cannot be reached, because they refer to each other in a circle or to a row
	 * that is not written, leave the plan and the staging table.
	 */
	async order(): Promise<RefusedRow[]> {
		if (this.#references.length === 0) return [];
		await this.#collectEdges();
		const { rows } = await this.#run(sql`select count(*) as counted from ${this.#from(EDGES)}`);
		if (Number(rows[0]?.counted) === 0) return [];
		await this.#collectNodes();
		// each level is looked up in the staging table
		if (!this.#connection.dialect.joinsByIndex) {
			await this.#connection.indexForMany(STAGE, ['row_no']);
		}
		await this.#reach();
		const refused = await this.#unreachable();
		if (refused.length > 0) {
			for (const name of [PLAN, STAGE]) {
				await this.#run(
					sql`delete from ${this.#from(name)} where row_no in (select row_no from ${this.#from(NODES)} where waits > 0)`,
				);
			}
		}
		return refused;
	}

	/** `reference`, `row_no`, `letter` and the row referred to: `parent`, which is null where that one is not written. */
	async #collectEdges(): Promise<void> {
		const { dialect } = this.#connection;
		const written = sql`p.letter in ('I', 'U')`;
		const parts: Sql[] = [];
		for (const { index, place, byPlace } of this.#references) {
			const name = `${WAITING}_parents_${index}`;
			await this.#connection.collect([
				{
					name,
					joinedBy: ['value'],
					create: dialect.createTemporary(
						name,
						sql`select s.${cell(byPlace)} as value, min(s.row_no) as row_no, count(*) as hits from ${this.#from(PLAN)} p join ${this.#from(STAGE)} s on s.row_no = p.row_no where ${written} and s.${cell(byPlace)} is not null group by s.${cell(byPlace)}`,
					),
				},
			]);
			// a row that refers to itself by a value that it brings needs no other
			const isOther = sql`(s.${cell(place)} is null or s.${parent(index)} <> s.row_no)`;
			parts.push(
				sql`select ${sql.lit(index)} as reference, s.row_no as row_no, p.letter as letter, g.row_no as parent, coalesce(g.hits, 0) as hits, s.${parent(index)} as first_row from ${this.#from(PLAN)} p join ${this.#from(STAGE)} s on s.row_no = p.row_no left join ${this.#from(name)} g on g.value = s.${said(index)} where ${written} and s.${parent(index)} is not null and ${isOther}`,
			);
		}
		const [first, ...others] = parts;
		if (first === undefined) return;
		await this.#run(dialect.createTemporary(EDGES, first));
		for (const part of others) await this.#run(sql`insert into ${this.#from(EDGES)} ${part}`);
		await this.#connection.indexForMany(EDGES, ['parent']);
		await this.#connection.analyze(EDGES);
	}

	/** The rows that wait, with the number of rows that they wait for. */
	async #collectNodes(): Promise<void> {
		const { dialect } = this.#connection;
		await this.#run(
			dialect.createTemporary(
				NODES,
				sql`select e.row_no as row_no, min(e.letter) as letter, count(*) as waits from ${this.#from(EDGES)} e group by e.row_no`,
			),
		);
		await this.#connection.indexForMany(NODES, ['row_no']);
		await this.#connection.analyze(NODES);
		await this.#run(
			dialect.createTemporary(
				FRONTIER,
				sql`select distinct e.parent as row_no from ${this.#from(EDGES)} e left join ${this.#from(NODES)} n on n.row_no = e.parent where e.parent is not null and e.hits = 1 and n.row_no is null`,
			),
		);
		const empty = sql`from ${this.#from(NODES)} where 1 = 0`;
		await this.#run(
			dialect.createTemporary(REACHED, sql`select row_no, waits as reached ${empty}`),
		);
		const levels = sql`select waits as level, row_no, letter ${empty}`;
		await this.#run(dialect.createTemporary(LEVELS, levels));
		await this.#run(dialect.createTemporary(LEVEL, sql`select row_no, letter ${empty}`));
		await this.#connection.indexForMany(LEVELS, ['level']);
	}

	/** Goes from the rows that wait for none to those that wait for them, and so on. */
	async #reach(): Promise<void> {
		const [edges, nodes, next, reached] = [EDGES, NODES, FRONTIER, REACHED].map((name) =>
			this.#from(name),
		) as [Sql, Sql, Sql, Sql];
		for (let level = 1; ; level++) {
			await this.#run(sql`delete from ${reached}`);
			await this.#run(
				sql`insert into ${reached} (row_no, reached) select e.row_no, count(*) from ${next} f join ${edges} e on e.parent = f.row_no where e.hits = 1 group by e.row_no`,
			);
			await this.#run(
				this.#connection.dialect.updateJoined({
					table: nodes,
					assignments: [{ column: 'waits', value: sql`t.waits - d.reached` }],
					from: sql`${reached} d`,
					where: sql`t.row_no = d.row_no`,
				}),
			);
			await this.#run(sql`delete from ${next}`);
			const { changes } = await this.#run(
				sql`insert into ${next} (row_no) select n.row_no from ${reached} d join ${nodes} n on n.row_no = d.row_no where n.waits = 0`,
			);
			if (changes === 0) return;
			this.#levels = level;
			await this.#run(
				sql`insert into ${this.#from(LEVELS)} (level, row_no, letter) select ${sql.lit(level)}, n.row_no, n.letter from ${next} f join ${nodes} n on n.row_no = f.row_no`,
			);
		}
	}

	/** The rows that no level holds. All of them fail, and so they may be held in memory. */
	async #unreachable(): Promise<RefusedRow[]> {
		const refused: RefusedRow[] = [];
		const edges: WaitingEdge[] = [];
		for (const { index, column, by, label } of this.#references) {
			const { rows } = await this.#run(
				sql`select e.row_no as row_no, e.parent as parent, e.hits as hits, e.first_row as first_row, s.${said(index)} as value from ${this.#from(NODES)} n join ${this.#from(EDGES)} e on e.row_no = n.row_no join ${this.#from(STAGE)} s on s.row_no = n.row_no where n.waits > 0 and e.reference = ${sql.lit(index)} order by e.row_no`,
			);
			for (const row of rows) {
				const number = Number(row.row_no);
				const value = quoteValue(row.value);
				const isWritten = row.parent !== null;
				const to = Number(isWritten ? row.parent : row.first_row);
				if (Number(row.hits) > 1) {
					const message = `Row ${number} refers to ${value} in ${column}, which several rows of the file bring to "${label}" as their ${by.name}`;
					const fields = { severity: 'error', row: number, field: column, value } as const;
					refused.push({ number, issue: issue('REFERENCE_SEVERAL', message, fields) });
				}
				edges.push({ row: number, to, isWritten, column, value });
			}
		}
		const known = new Set(refused.map(({ number }) => number));
		const unreachable = new UnreachableRows(edges, known).refused();
		return [...refused, ...unreachable];
	}

	/** Before the rows are written that wait for none: takes the others out of the plan for as long. */
	async holdBack(): Promise<void> {
		await this.#setLetters(
			sql`case t.letter when 'I' then 'w' else 'W' end`,
			sql`t.letter in ('I', 'U')`,
		);
	}

	/** @param only rows of the plan that may be withheld by now stay as they are */
	async #setLetters(value: Sql, only: Sql): Promise<void> {
		await this.#run(
			this.#connection.dialect.updateJoined({
				table: this.#from(PLAN),
				assignments: [{ column: 'letter', value }],
				from: sql`${this.#from(NODES)} n`,
				where: sql`t.row_no = n.row_no and ${only}`,
			}),
		);
	}

	async #countLetters(name: string): Promise<LetterCounts> {
		const { rows } = await this.#run(
			sql`select letter, count(*) as counted from ${this.#from(name)} group by letter`,
		);
		return new Map(rows.map((row) => [row.letter as PlanLetter, Number(row.counted)]));
	}

	/**
	 * Writes the rows that wait, level by level.
	 *
	 * @param write writes the rows of the table `LEVEL`, which is like the plan, and gives those that were refused
	 */
	async writeLevels(write: (counts: LetterCounts) => Promise<void>): Promise<RefusedWrite[]> {
		const refused: RefusedWrite[] = [];
		for (let level = 1; level <= this.#levels; level++) {
			await this.#run(sql`delete from ${this.#from(LEVEL)}`);
			await this.#run(
				sql`insert into ${this.#from(LEVEL)} (row_no, letter) select l.row_no, l.letter from ${this.#from(LEVELS)} l join ${this.#from(PLAN)} p on p.row_no = l.row_no where l.level = ${sql.lit(level)} and p.letter in ('w', 'W')`,
			);
			for (const reference of this.#references) {
				refused.push(...(await this.#takeParents(reference)));
			}
			await write(await this.#countLetters(LEVEL));
		}
		await this.#setLetters(
			sql`case t.letter when 'w' then 'I' else 'U' end`,
			sql`t.letter in ('w', 'W')`,
		);
		return refused;
	}

	/** The record that each row of the level refers to is there by now; a row whose record is not is refused. */
	async #takeParents({
		index,
		place,
		by,
		value,
		table,
		column,
	}: PlacedReference): Promise<RefusedWrite[]> {
		const { dialect } = this.#connection;
		const isLevel = sql`t.row_no = l.row_no and t.${parent(index)} is not null`;
		const [stage, level] = [this.#from(STAGE), this.#from(LEVEL)];
		// a row that refers to itself has no record yet, and brings the value
		const isOther = sql`(t.${cell(place)} is null or t.${parent(index)} <> t.row_no)`;
		await this.#run(
			dialect.updateJoined({
				table: stage,
				assignments: [{ column: `c${place}`, value: sql`null` }],
				from: sql`${level} l`,
				where: sql`${isLevel} and ${isOther}`,
			}),
		);
		await this.#run(
			dialect.updateJoined({
				table: stage,
				assignments: [{ column: `c${place}`, value: sql`r.${sql.id(value.name)}` }],
				from: sql`${level} l, ${dialect.table(table.table)} r`,
				where: sql`${isLevel} and r.${sql.id(by.name)} = t.${said(index)} and t.${cell(place)} is null`,
			}),
		);
		const { rows } = await this.#run(
			sql`select l.row_no as row_no, l.letter as letter, e.parent as parent, s.${said(index)} as value from ${level} l join ${stage} s on s.row_no = l.row_no join ${this.#from(EDGES)} e on e.row_no = l.row_no and e.reference = ${sql.lit(index)} where s.${parent(index)} is not null and s.${cell(place)} is null order by l.row_no`,
		);
		if (rows.length === 0) return [];
		await this.#run(
			sql`delete from ${level} where row_no in (select s.row_no from ${stage} s where s.${parent(index)} is not null and s.${cell(place)} is null)`,
		);
		return rows.map((row) => {
			const number = Number(row.row_no);
			const edge = { row: number, to: Number(row.parent), column, value: quoteValue(row.value) };
			const { action } = planCodes[row.letter as 'I' | 'U'];
			return { ...UnreachableRows.parentFailed(edge), action };
		});
	}

	#run(statement: Sql) {
		return this.#connection.run(statement);
	}

	#from(name: string): Sql {
		return this.#connection.dialect.temporary(name);
	}
}
