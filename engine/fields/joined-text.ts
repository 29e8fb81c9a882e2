import type { Cell, Column } from '../dataset';
import { decimalText, isBlank } from '../dataset/values';
import { ImportError } from '../issues';

/** Makes one text of the cells of a row; null where all of them are empty. */
type JoinCells = (cells: readonly Cell[]) => string | null;

/** Finds a column by its name. @throws ImportError RUN_NO_COLUMN */
type FindColumn = (name: string) => number;

/** Joins columns, in the order in which they are named; empty cells leave no separator behind. */
export function joinColumns(
	names: readonly string[],
	separator: string,
	find: FindColumn,
): JoinCells {
	const indexes = names.map(find);
	return (cells) => {
		let joined: string | null = null;
		for (const index of indexes) {
			const text = filledText(cells[index] ?? null);
			if (text === undefined) continue;
			joined = joined === null ? text : joined + separator + text;
		}
		return joined;
	};
}

/** Fills the columns of a row into a text with names in braces. @throws ImportError RUN_CONFIG, RUN_NO_COLUMN */
export function fillTemplate(template: string, find: FindColumn): JoinCells {
	const parts = templateParts(template);
	const indexes = parts.map((part) => ('column' in part ? find(part.column) : -1));
	return (cells) => {
		let filled = '';
		let isFilled = false;
		for (const [i, part] of parts.entries()) {
			if ('text' in part) {
				filled += part.text;
				continue;
			}
			const text = filledText(cells[indexes[i] ?? -1] ?? null);
			if (text === undefined) continue;
			isFilled = true;
			filled += text;
		}
		return isFilled ? filled : null;
	};
}

type TemplatePart = { text: string } | { column: string };

/** The texts and columns of a template, in order. @throws ImportError RUN_CONFIG when a brace is left open */
export function templateParts(template: string): TemplatePart[] {
	const parts: TemplatePart[] = [];
	const pattern = /\{\{|\}\}|\{([^{}]+)\}|[^{}]+|[{}]/g;
	for (const [whole, column] of template.matchAll(pattern) as Iterable<string[]>) {
		if (column !== undefined) parts.push({ column });
		else if (whole === '{' || whole === '}') throw openBrace(template);
		else parts.push({ text: whole === '{{' || whole === '}}' ? whole.slice(1) : (whole ?? '') });
	}
	return parts;
}

/** A text in which the braces stand for themselves. */
export const escapeBraces = (text: string): string => text.replace(/[{}]/g, '$&$&');

const openBrace = (template: string) =>
	new ImportError('RUN_CONFIG', `A brace is not closed in the text "${template}"`, {
		value: template,
		hint: 'Put the name of a column between { and }; write {{ and }} for braces themselves.',
	});

/** The text of a cell, without blanks around it; undefined for an empty one. */
function filledText(cell: Cell): string | undefined {
	const text = cellText(cell);
	return isBlank(text) ? undefined : text.trim();
}

/** A cell as text: empty for an empty cell, JSON for lists and records. */
export function cellText(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'number') return decimalText(cell);
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Finds columns by name for a field. */
export function columnFinder(columns: readonly Column[], field: string): FindColumn {
	return (name) => {
		const index = columns.findIndex((column) => column.name === name);
		if (index !== -1) return index;
		const names = columns.map((column) => `"${column.name}"`).join(', ');
		throw new ImportError(
			'RUN_NO_COLUMN',
			`There is no column "${name}" for the field "${field}"; the columns are ${names}`,
			{ column: name, field },
		);
	};
}
