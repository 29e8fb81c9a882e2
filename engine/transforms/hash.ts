import { createHash, createHmac } from 'node:crypto';
import { cellText } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, columns, text } from './definition/parameters';

type Algorithm = 'sha256' | 'sha1' | 'md5';

export const hash = defineOperation({
	kind: 'hash',
	title: 'Hash',
	summary: 'Make a fingerprint of one or more columns, for keys and for comparing rows',
	parameters: {
		fields: columns({
			title: 'Columns',
			summary: 'Columns whose values are taken together; all when none is chosen',
			emptyMeansAll: true,
		}),
		algorithm: choice<Algorithm>({
			title: 'Algorithm',
			summary: 'How the fingerprint is made',
			choices: { sha256: 'SHA-256', sha1: 'SHA-1', md5: 'MD5' },
		}),
		key: text({
			title: 'Key',
			summary:
				'Secret that makes the fingerprint an HMAC, so that values cannot be guessed by trying',
			default: '',
		}),
		field: text({ title: 'Column', summary: 'Column that takes the result', default: 'hash' }),
	},
	example: {
		options: { fields: ['id'], algorithm: 'md5' },
		columns: [{ name: 'id' }],
		before: [['abc']],
		columnsAfter: ['id', 'hash'],
		after: [['abc', '900150983cd24fb0d6963f7d28e17f72']],
	},
	compile({ fields, algorithm, key, field }, columnsIn) {
		const indexes = indexesOfColumns(fields, columnsIn);
		const places = placesFor([{ name: field, type: 'text' }], columnsIn);
		return computeColumns(places, ({ cells }) => {
			const digest = key === '' ? createHash(algorithm) : createHmac(algorithm, key);
			// one value stands alone, so that others can make the same fingerprint; several are told apart by JSON
			const texts = indexes.map((index) => cellText(cells[index] ?? null));
			digest.update(texts.length === 1 ? (texts[0] ?? '') : JSON.stringify(texts));
			return [digest.digest('hex')];
		});
	},
});
