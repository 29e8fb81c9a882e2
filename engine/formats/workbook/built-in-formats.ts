/**
 * The codes of the number formats that a file names by their number only (ECMA-376 part 1, 18.8.30), as the English (US)
 * edition of Excel shows them. 14 and 22 follow the settings of the computer: here, those of the United States.
 */
const codes = new Map<number, string>([
	[0, 'General'],
	[1, '0'],
	[2, '0.00'],
	[3, '#,##0'],
	[4, '#,##0.00'],
	[5, '"$"#,##0_);\\("$"#,##0\\)'],
	[6, '"$"#,##0_);[Red]\\("$"#,##0\\)'],
	[7, '"$"#,##0.00_);\\("$"#,##0.00\\)'],
	[8, '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)'],
	[9, '0%'],
	[10, '0.00%'],
	[11, '0.00E+00'],
	[12, '# ?/?'],
	[13, '# ??/??'],
	[14, 'm/d/yy'],
	[15, 'd-mmm-yy'],
	[16, 'd-mmm'],
	[17, 'mmm-yy'],
	[18, 'h:mm AM/PM'],
	[19, 'h:mm:ss AM/PM'],
	[20, 'h:mm'],
	[21, 'h:mm:ss'],
	[22, 'm/d/yy h:mm'],
	[37, '#,##0_);\\(#,##0\\)'],
	[38, '#,##0_);[Red]\\(#,##0\\)'],
	[39, '#,##0.00_);\\(#,##0.00\\)'],
	[40, '#,##0.00_);[Red]\\(#,##0.00\\)'],
	[41, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)'],
	[42, '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)'],
	[43, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'],
	[44, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'],
	[45, 'mm:ss'],
	[46, '[h]:mm:ss'],
	[47, 'mm:ss.0'],
	[48, '##0.0E+0'],
	[49, '@'],
	// of the Chinese, Japanese and Korean editions: other editions show the date in their own way
	...same(27, 31, 'm/d/yy'),
	...same(32, 33, 'h:mm:ss'),
	...same(34, 36, 'm/d/yy'),
	...same(50, 58, 'm/d/yy'),
	// of the Thai edition
	[59, '0'],
	[60, '0.00'],
	[61, '#,##0'],
	[62, '#,##0.00'],
	[67, '0%'],
	[68, '0.00%'],
	[69, '# ?/?'],
	[70, '# ??/??'],
	...same(71, 72, 'm/d/yy'),
	[73, 'd-mmm-yy'],
	[74, 'mmm-yy'],
	[75, 'h:mm'],
	[76, 'h:mm:ss'],
	[77, 'm/d/yy h:mm'],
	[78, 'mm:ss'],
	[79, '[h]:mm:ss'],
	[80, 'mm:ss.0'],
	[81, 'm/d/yy'],
]);

function same(first: number, last: number, code: string): [number, string][] {
	return Array.from({ length: last - first + 1 }, (_, index) => [first + index, code]);
}

/** The code of a built-in format; `General` for a number that stands for none. */
export function builtInCode(id: number): string {
	return codes.get(id) ?? 'General';
}
