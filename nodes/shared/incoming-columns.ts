import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import { columnTypes, type Column, type ColumnType } from '../../engine';

/**
 * The columns that reach the node, for its drop-down lists. n8n gives list methods no input data; but the editor evaluates
 * hidden parameters against the last run or pinned data and sends the result along. The expression must never throw.
 */
export const incomingColumnsParameter: INodeProperties = {
	displayName: 'Incoming Columns',
	name: 'incomingColumns',
	type: 'hidden',
	default:
		'={{ (() => { try { const j = $input.first().json; const d = j.dataset; if (d && Array.isArray(d.columns)) { const s = j.sample || {}; return d.columns.map(c => ({ name: c.name, type: c.type, format: c.format, sample: s[c.name] })) } return Object.keys(j).map(k => ({ name: k, sample: j[k] })) } catch (e) { return [] } })() }}',
};

export interface IncomingColumn extends Column {
	/** The value of the first row, as text. */
	sample?: string;
}

/** The columns that the editor sent along; none before the previous node has run. */
export function incomingColumns(context: ILoadOptionsFunctions): IncomingColumn[] {
	const value = context.getCurrentNodeParameter('incomingColumns') as unknown;
	return Array.isArray(value) ? value.filter(hasName).map(asColumn) : [];
}

function hasName(value: unknown): value is { name: string; [key: string]: unknown } {
	return typeof (value as { name?: unknown } | null)?.name === 'string';
}

function asColumn({ name, type, format, sample }: { name: string; [key: string]: unknown }) {
	const column: IncomingColumn = { name };
	if (columnTypes.includes(type as ColumnType)) column.type = type as ColumnType;
	if (typeof format === 'object' && format !== null) column.format = format;
	if (sample !== null && sample !== undefined && sample !== '') {
		column.sample = typeof sample === 'object' ? JSON.stringify(sample) : (sample as string);
	}
	return column;
}
