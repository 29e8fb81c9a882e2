import type { JsonPath } from './json-scanner';

/** A path as a person writes it: `data.items`, `data[0].items`; `''` for the document itself. */
export function pathText(path: JsonPath): string {
	return path.reduce<string>((text, step) => {
		if (typeof step === 'number') return `${text}[${step}]`;
		return text === '' ? step : `${text}.${step}`;
	}, '');
}

/** The same path without what JSONPath (RFC 9535) may write in other ways: `$.data['items']` is `data.items`. */
export function plainPath(wanted: string): string {
	return wanted
		.trim()
		.replace(/^\$/, '')
		.replace(
			/\[\s*(?:'([^']*)'|"([^"]*)")\s*\]/g,
			(_, one?: string, two?: string) => `.${one ?? two ?? ''}`,
		)
		.replace(/\[\s*(\d+)\s*\]/g, '[$1]')
		.replace(/^\./, '');
}
