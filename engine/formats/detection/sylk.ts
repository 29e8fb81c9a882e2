/** The records that stand before the first cell, or the size of the sheet, which only SYLK has. */
const BEGINNING =
	/^\ufeff?ID;P[^\r\n]*(?:\r\n?|\n)(?:(?:P|O|F|NN|NU|NE|W|C);[^\r\n]*(?:\r\n?|\n)){0,2000}?(?:B(?:;[A-Z]\d[^;\r\n]*)+|C(?:;[XY]\d+)+;[KE]|E(?=[\r\n]))/;

/** Whether a text is a spreadsheet in Symbolic Link format, and no table whose first column is called `ID`. */
export const isSylk = (text: string): boolean =>
	text.startsWith('ID;P', text.startsWith('\ufeff') ? 1 : 0) && BEGINNING.test(text);
