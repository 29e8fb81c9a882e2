import { createHash, randomUUID } from 'node:crypto';
import { cellText } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { columns, text } from './definition/parameters';

/** The namespace of names made here (RFC 9562, 6.6): any fixed UUID does. */
const NAMESPACE = Buffer.from('5f8d3a1e6c2b4f7098d1e4a7b3c05926', 'hex');

export const uuid = defineOperation({
	kind: 'uuid',
	title: 'UUID',
	summary: 'Give each row a UUID: a random one, or one that the same values always get again',
	parameters: {
		fields: columns({
			title: 'Columns',
			summary: 'Columns that the UUID is made of; random when none is chosen',
			emptyMeansAll: true,
		}),
		field: text({ title: 'Column', summary: 'Column that takes the UUID', default: 'uuid' }),
	},
	example: {
		options: { fields: ['mail'] },
		columns: [{ name: 'mail' }],
		before: [['ada@example.org'], ['ada@example.org']],
		columnsAfter: ['mail', 'uuid'],
		after: [
			['ada@example.org', 'fd2ce519-39a7-533e-8dbe-51006c35920b'],
			['ada@example.org', 'fd2ce519-39a7-533e-8dbe-51006c35920b'],
		],
	},
	compile({ fields, field }, columnsIn) {
		const indexes = fields.length === 0 ? [] : indexesOfColumns(fields, columnsIn);
		const places = placesFor([{ name: field, type: 'text' }], columnsIn);
		return computeColumns(places, ({ cells }) => {
			if (indexes.length === 0) return [randomUUID()];
			return [namedUuid(JSON.stringify(indexes.map((index) => cellText(cells[index] ?? null))))];
		});
	},
});

/** A UUID of version 5: SHA-1 of a namespace and a name (RFC 9562, 5.5). */
function namedUuid(name: string): string {
	const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20),
	].join('-');
}
