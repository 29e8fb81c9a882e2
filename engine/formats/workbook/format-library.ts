import type * as Numfmt from 'numfmt';

type Library = Pick<typeof Numfmt, 'format'>;

/** Excel takes no longer code; a longer one is an attack. */
const LONGEST_CODE = 255;

/** The library keeps every code that it was ever given: so many codes later it is loaded anew. */
const MOST_CODES = 5000;

const OPTIONS = {
	// English (US): the only setting under which the library knows A/P
	locale: '',
	// Excel knows dates up to 9999-12-31.
	dateSpanLarge: false,
} as const;

let library: Library | undefined;

let codes = new Set<string>();

/** Loaded when the first text is to be shown: most imports never need it. */
function loaded(): Library {
	if (library !== undefined) return library;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import expression would make every cell wait
	library = require('numfmt') as Library;
	return library;
}

function remember(code: string): void {
	if (codes.has(code)) return;
	if (codes.size >= MOST_CODES) {
		codes = new Set();
		library = undefined;
		// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the way in which a module is let go of
		delete require.cache[require.resolve('numfmt')];
	}
	codes.add(code);
}

/** @param code one that `isValidCode` */
export function formatValue(code: string, value: number | string): string {
	return loaded().format(code, value, OPTIONS);
}

/** Whether a number format code can be used for numbers and texts (ECMA-376 part 1, 18.8.31). */
export function isValidCode(code: string): boolean {
	if (code.length > LONGEST_CODE) return false;
	remember(code);
	try {
		formatValue(code, 1);
		formatValue(code, 'text');
		return true;
	} catch {
		return false;
	}
}
