import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import type { FileSource } from '../../../../engine/dataset/dataset';
import { workbookReader, type WorkbookFormat } from '../../../../engine/formats/workbook';
import { xlsFormat } from '../../../../engine/formats/xls';
import { xlsbFormat } from '../../../../engine/formats/xlsb';
import { xlsxFormat } from '../../../../engine/formats/xlsx';
import { Random } from '../../random';
import * as biff from '../xls/biff-builder';
import * as binary from '../xlsb/xlsb-builder';
import { rowsXml, workbook as xlsx } from '../xlsx/workbook-builder';
import { inTemporaryFolder } from './temporary-folder';

const LENGTH = 3000;
const COUNT = 4000;

/** More than a workbook keeps in memory; the first one is the header. */
const texts = Array.from({ length: COUNT }, (_, index) =>
	index === 0 ? 'Text' : `${index} ${'x'.repeat(LENGTH)}`,
);

const inOrder = texts.map((_, index) => index);

/** The same numbers, those of the header aside, in an order without rule. */
const shuffled = (() => {
	const random = new Random(7);
	const order = inOrder.slice(1).map((index) => ({ index, key: random.next() }));
	return [0, ...order.sort((a, b) => a.key - b.key).map(({ index }) => index)];
})();

type Order = readonly number[];

const formats: [name: string, format: WorkbookFormat, file: (order: Order) => Buffer][] = [
	[
		'XLSX',
		xlsxFormat,
		(order) =>
			xlsx({
				rows: rowsXml(order.map((index) => [{ xml: `<c t="s"><v>${index}</v></c>` }])),
				texts: texts.map((text) => `<t>${text}</t>`),
			}),
	],
	[
		'XLSB',
		xlsbFormat,
		(order) =>
			binary.xlsb({
				rows: order.flatMap((index, row) => [
					binary.rowHeader(row),
					binary.cell(7, 0, binary.u32(index)),
				]),
				texts,
			}),
	],
	[
		'XLS',
		xlsFormat,
		(order) =>
			biff.workbook({
				sharedTexts: biff.sharedTextTable(COUNT, ...texts.map((text) => biff.text(text))),
				sheets: [{ records: order.map((index, row) => biff.shared(row, 0, index)) }],
			}),
	],
];

async function opened(format: WorkbookFormat, file: Buffer) {
	const reader = workbookReader(format);
	const bytes = new MemoryBytes(file);
	const source: FileSource = await reader.open(bytes, {});
	return () => reader.read(bytes, source, 500);
}

/** Where nobody tells which files without a name are open, there is nothing to hold it against. */
function expectOpen(filesInUse: number): void {
	if (process.platform === 'linux') expect(filesInUse).toBe(1);
}

describe.each(formats)('%s: texts beyond what stays in memory', (_, format, file) => {
	test.each<[order: string, order: Order]>([
		['in order', inOrder],
		['in any order', shuffled],
	])('are read %s, and the temporary file is removed at the end', async (_name, order) => {
		await inTemporaryFolder(async (folder) => {
			const read = await opened(format, file(order));
			const found: unknown[] = [];
			let most = 0;
			for await (const { rows } of read()) {
				for (const { cells } of rows) found.push(cells[0]);
				most = Math.max(most, folder.filesInUse());
			}
			expect(found).toEqual(order.slice(1).map((index) => texts[index]));
			expectOpen(most);
			expect(folder.filesInUse()).toBe(0);
		});
	});

	test('leave no file behind where reading is given up', async () => {
		await inTemporaryFolder(async (folder) => {
			const read = await opened(format, file(shuffled));
			for await (const { rows } of read()) {
				expect(rows.length).toBeGreaterThan(0);
				expectOpen(folder.filesInUse());
				break;
			}
			expect(folder.filesInUse()).toBe(0);
		});
	});
});

test('a list of texts that breaks off behind many leaves no file behind', async () => {
	await inTemporaryFolder(async (folder) => {
		const parts = {
			'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}`,
		};
		const rows = rowsXml(
			[...inOrder, COUNT].map((index) => [{ xml: `<c t="s"><v>${index}</v></c>` }]),
		);
		const read = await opened(xlsxFormat, xlsx({ rows, texts: ['<t/>'], parts }));
		let most = 0;
		const reading = async () => {
			for await (const _batch of read()) most = Math.max(most, folder.filesInUse());
		};
		await expect(reading()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
		expectOpen(most);
		expect(folder.filesInUse()).toBe(0);
	});
});
