import {
	mappingReport,
	type Cell,
	type Column,
	type MappingLine,
	type PlannedGroup,
} from '../../engine';
import type { MappedGroup } from './group-mapping';

/**
 * What became of the columns of the file in one group, in the order of the file: those that it takes, and those that no
 * group takes. Then its fields without a column.
 *
 * @param all all groups
 */
export function groupReport(
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	{ matches, doubtful, skipped, samples: rows, columns: own, group }: MappedGroup,
	planned: PlannedGroup,
	all: readonly PlannedGroup[],
): MappingLine[] {
	const used = new Set(all.flatMap((each) => each.used));
	const plain = new Map(
		mappingReport(columns, [], [], samples).map((line) => [line.column, line.samples]),
	);
	const { references = [], idField } = group;
	const byId = new Map([
		...references.flatMap(({ field, group: parent, by }) =>
			by === undefined ? [[field, `temporary ID of its "${parent}"`] as const] : [],
		),
		...(idField === undefined ? [] : [[idField, 'temporary ID of the record'] as const]),
	]);
	const byKey = new Map(
		references.map(({ field, group: parent, by = '' }) => [field, `"${by}" of its "${parent}"`]),
	);
	const lines = mappingReport(own, planned.fields, matches, rows, { skipped, doubtful });
	const inFile = lines.flatMap((line) => {
		const behind = line.column === null ? [] : planned.inFile(line.column);
		const reason = byKey.get(line.field ?? '') ?? line.reason;
		if (behind.length === 0) return line.column !== null && line.field === null ? [] : [line];
		return behind
			.filter((column) => line.field !== null || !used.has(column))
			.map((column) => ({ ...line, reason, column, samples: plain.get(column) ?? [] }));
	});
	const place = ({ column }: MappingLine) => {
		const index = columns.findIndex(({ name }) => name === column);
		return index === -1 ? columns.length + Number(column === null) : index;
	};
	const ids = planned.fields.flatMap(({ name }) => idLine(name, byId.get(name)) ?? []);
	return [...inFile.sort((a, b) => place(a) - place(b)), ...ids];
}

function idLine(field: string, reason: string | undefined): MappingLine | undefined {
	if (reason === undefined) return undefined;
	return { column: null, field, status: 'by hand', confidence: 1, reason, samples: [] };
}
