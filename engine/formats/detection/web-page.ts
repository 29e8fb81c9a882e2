import { ImportError } from '../../issues';
import { refuseHtml } from '../xml';

/** What Excel and many web applications write when they export a "workbook": a table of HTML without the page around it. */
const TABLE_OF_HTML =
	/^\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:table|meta|head|body|style|div|center|font|thead|tbody|tr|br|p|b|h[1-6])[\s>/]/i;

const WORKBOOK_ENDING = /\.(xls[xmb]?|xlt|ods)$/i;

/**
 * Refuses web pages, and tables of HTML that are called a workbook or CSV.
 *
 * @param start text of the head
 * @throws ImportError FILE_FORMAT
 */
export function refuseWebPage(start: string, fileName = ''): void {
	const ending = WORKBOOK_ENDING.exec(fileName)?.[1]?.toLowerCase();
	if (ending === undefined) {
		refuseHtml(start);
		if (!isTableOfHtml(start)) return;
		throw new ImportError('FILE_FORMAT', 'The file is a table of a web page (HTML)', {
			hint: 'Open it in Excel or another spreadsheet program, save it as XLSX or CSV, and import that.',
		});
	}
	if (!isWebPage(start) && !isTableOfHtml(start)) return;
	throw new ImportError(
		'FILE_FORMAT',
		`The file is a web page (HTML) that is called .${ending}, not a workbook`,
		{
			hint: 'Open it in Excel, which reads such files, save it as XLSX, and import that. If it shows a page for signing in, download the file itself.',
		},
	);
}

function isTableOfHtml(start: string): boolean {
	return TABLE_OF_HTML.test(start.slice(0, 4096)) && /<t[dh][\s>]/i.test(start);
}

function isWebPage(start: string): boolean {
	try {
		refuseHtml(start);
		return false;
	} catch {
		return true;
	}
}
