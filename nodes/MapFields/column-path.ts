import { escapeBraces, ImportError } from '../../engine';

/** What n8n writes when a column is dragged onto a parameter, from a row or from a Dataset, of this input or an earlier node. */
const DRAGGED =
	/^\{\{\s*(?:\$json|\$input\.(?:item|first\(\))\.json|\$\((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)\.(?:item|first\(\))\.json)(?:\.(?:sample|fields|preview\[\d+\])|\[(?:'(?:sample|fields)'|"(?:sample|fields)")\])?(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\])\s*\}\}$/su;

/** The parts of an n8n expression: what stands in double braces, and the text between. */
const PARTS = /\{\{.*?\}\}(?!\})|(?:(?!\{\{).)+/gsu;

/** Where a field takes its values from, as the options of the `map` step say it. */
export type ColumnSource = { column: string } | { textTemplate: string };

/**
 * What a mapping names: a column, as plain text or as a path that was dragged from the input panel; or several dragged
 * columns with text between them. Paths are read once, never evaluated for each row.
 *
 * @throws ImportError RUN_CONFIG for any other expression
 */
export function compileColumnPath(text: string, field: string): ColumnSource {
	if (!text.startsWith('=')) return { column: text };
	const parts = partsOf(text.slice(1), field);
	const [first] = parts;
	if (parts.length === 1 && first !== undefined && 'column' in first) return first;
	return { textTemplate: templateOf(parts) };
}

/**
 * A text with columns in braces; dragged columns are put into braces as well.
 *
 * @throws ImportError RUN_CONFIG for any other expression
 */
export function compileTextTemplate(text: string, field: string): string {
	if (!text.startsWith('=')) return text;
	const parts = partsOf(text.slice(1), field);
	// braces that a person wrote stay what they are
	return parts.map((part) => ('column' in part ? `{${part.column}}` : part.text)).join('');
}

/** Whether an expression is about the rows: it cannot be known before they are read. */
export const isAboutRows = (text: unknown): boolean =>
	typeof text === 'string' && text.startsWith('=') && /\$(?:json|input|item)\b/.test(text);

type Part = { column: string } | { text: string };

function partsOf(expression: string, field: string): Part[] {
	return (expression.match(PARTS) ?? []).map((part) => {
		if (!part.startsWith('{{')) return { text: part };
		const column = draggedColumn(part);
		if (column !== undefined && !/[{}]/.test(column)) return { column };
		throw new ImportError(
			'RUN_CONFIG',
			`The field "${field}" has an expression that is more than a column: ${part}`,
			{
				field,
				hint: 'Choose a column from the list or drag one here. To compute a value, add a Field Rule for the field with Expression (JSONata), or compute it with Transform before.',
			},
		);
	});
}

function draggedColumn(part: string): string | undefined {
	const [whole, dotted, single, double] = DRAGGED.exec(part) ?? [];
	if (whole === undefined) return undefined;
	return dotted ?? unescaped(single ?? double ?? '');
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescaped = (text: string): string =>
	text.replace(/\\(.)/gsu, (_, character: string) => CONTROLS[character] ?? character);

const templateOf = (parts: readonly Part[]): string =>
	parts.map((part) => ('column' in part ? `{${part.column}}` : escapeBraces(part.text))).join('');
