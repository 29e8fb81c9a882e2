import { zip } from '../xlsx/workbook-builder';

const NAMESPACES = ['office', 'table', 'text', 'style', 'number', 'draw', 'xlink', 'dc', 'calcext']
	.map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
	.join(' ');

const MIMETYPE = 'application/vnd.oasis.opendocument.spreadsheet';

/** What stands inside `office:spreadsheet`, and before the body. */
export interface OdsXml {
	tables: string;
	styles?: string;
	manifest?: string;
}

function body({ tables, styles = '' }: OdsXml): string {
	return (
		`<office:automatic-styles>${styles}</office:automatic-styles>` +
		`<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body>`
	);
}

/** An OpenDocument spreadsheet as a package. */
export function ods(xml: OdsXml): Buffer {
	const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES}>${body(xml)}</office:document-content>`;
	return zip([
		{ name: 'mimetype', content: MIMETYPE, method: 0 },
		{ name: 'content.xml', content },
		{
			name: 'META-INF/manifest.xml',
			content: `<manifest:manifest xmlns:manifest="m">${xml.manifest ?? ''}</manifest:manifest>`,
		},
	]);
}

/** The same as a single XML file. */
export function flatOds(xml: OdsXml): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<office:document ${NAMESPACES} office:mimetype="${MIMETYPE}">${body(xml)}</office:document>`;
}

/** A table of rows that are given as XML. */
export function table(rows: string, attributes = 'table:name="Sheet1"'): string {
	return `<table:table ${attributes}>${rows}</table:table>`;
}

/** A row of cells; strings are XML. */
export function row(...cells: string[]): string {
	return `<table:table-row>${cells.join('')}</table:table-row>`;
}

/** A cell with attributes and what stands inside. */
export function cell(attributes: string, inside = ''): string {
	return `<table:table-cell ${attributes}>${inside}</table:table-cell>`;
}

export function text(value: string, attributes = ''): string {
	return cell(`office:value-type="string" ${attributes}`, `<text:p>${value}</text:p>`);
}

export function number(value: number, attributes = ''): string {
	return cell(
		`office:value-type="float" office:value="${value}" ${attributes}`,
		`<text:p>${value}</text:p>`,
	);
}
