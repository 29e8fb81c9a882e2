import { ImportError } from '../../engine';

/** What n8n writes when a column is dragged onto a field, from a row or from a Dataset. */
const DRAGGED =
	/^=\{\{\s*\$json(?:\.(?:sample|fields|preview\[\d+\]))?(?:\.([A-Za-z_$][\w$]*)|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\])\s*\}\}$/;

/**
 * The column that a mapping names: as plain text, or as a path that was dragged from the input panel. The path is read
 * once, never evaluated for each row.
 *
 * @throws ImportError RUN_CONFIG for any other expression
 */
export function compileColumnPath(text: string, field: string): string {
	if (!text.startsWith('=')) return text;
	const [whole, dotted, single, double] = DRAGGED.exec(text) ?? [];
	const quoted = single ?? double;
	if (whole !== undefined) return dotted ?? (quoted ?? '').replace(/\\(.)/g, '$1');
	throw new ImportError(
		'RUN_CONFIG',
		`The field "${field}" has an expression that is more than a column: ${text.slice(1)}`,
		{
			field,
			hint: 'Choose a column from the list, or compute the value with Transform before mapping.',
		},
	);
}
