import type { Cell } from '../../../engine';
import type { FuzzFile } from './fuzz-file';
import type { Random } from '../random';
import { cellText, columnNames, textTable, type Table } from './tables';

/** A value of JSON; lists are not deep. */
function jsonValue(random: Random, depth = 0): Cell {
	const kind = random.next();
	if (kind < 0.1) return null;
	if (kind < 0.2) return random.chance(0.5);
	if (kind < 0.4) return random.between(-1000, 1_000_000) / random.of([1, 1, 10, 100]);
	if (kind < 0.95 || depth > 1) return cellText(random, 'any');
	return random.times(random.below(3), () => jsonValue(random, depth + 1));
}

function jsonTable(random: Random): Table {
	const columns = columnNames(random);
	const rows = random.times(random.between(1, 12), (row) =>
		columns.map((_, index) => (index === 0 ? row : jsonValue(random))),
	);
	return { columns, rows };
}

const asObjects = ({ columns, rows }: Table) =>
	rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index]])));

const withAscii = (json: string) =>
	json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An array of objects, tidy or dense, at the top or inside. */
export function jsonFile(random: Random): FuzzFile {
	const table = jsonTable(random);
	const objects = asObjects(table);
	const isInside = random.chance(0.3);
	const value = isInside ? { meta: { version: 1 }, data: { items: objects } } : objects;
	const json = JSON.stringify(value, undefined, random.of([undefined, 1, '\t']));
	return {
		kind: 'json',
		bytes: Buffer.from(
			(random.chance(0.1) ? '\ufeff' : '') + (random.chance(0.3) ? withAscii(json) : json),
		),
		options: { format: 'json', nested: 'keep', ...(isInside && { recordPath: 'data.items' }) },
		truth: table,
	};
}

/** One object a line. */
export function ndjsonFile(random: Random): FuzzFile {
	const table = jsonTable(random);
	const newline = random.of(['\n', '\r\n', '\n\n']);
	const lines = asObjects(table).map((object) => JSON.stringify(object));
	const text = lines.join(newline) + (random.chance(0.7) ? newline : '');
	return {
		kind: 'ndjson',
		bytes: Buffer.from(text),
		options: { format: 'ndjson', nested: 'keep' },
		truth: table,
	};
}

const escapeXml = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');

/** One element a record, cells as elements; some of them as CDATA, with comments between. */
export function xmlFile(random: Random): FuzzFile {
	const { rows } = textTable(random, 'any');
	const columns = (rows[0] ?? []).map((_, index) => `field${index}`);
	const truth = { columns, rows: rows.map((cells) => cells.map((cell) => cell.trim())) };
	if (rows.length < 2) truth.rows.push(columns.map((_, index) => `r${index}`));
	const space = random.of(['', '\n', '\n  ']);
	const records = truth.rows.map((cells) => {
		const elements = cells.map((text, index) => {
			const inner =
				random.chance(0.1) && !text.includes(']]>') ? `<![CDATA[${text}]]>` : escapeXml(text);
			return `<field${index}>${inner}</field${index}>`;
		});
		const comment = random.chance(0.1) ? '<!-- <row> -->' : '';
		return `${comment}<row>${elements.join(space)}</row>`;
	});
	const text = `<?xml version="1.0" encoding="UTF-8"?>\n<rows>${records.join(space)}</rows>`;
	return { kind: 'xml', bytes: Buffer.from(text), options: { format: 'xml' }, truth };
}
