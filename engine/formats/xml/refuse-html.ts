import { ImportError } from '../../issues';

/** A web page, whatever stands before its first tag: a declaration, comments, another document type in small letters. */
const WEB_PAGE =
	/^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html\b|html[\s>])/i;

/** @throws ImportError FILE_FORMAT when the text is a web page, which is often XML as well */
export function refuseHtml(head: string): void {
	if (!WEB_PAGE.test(head.slice(0, 4096))) return;
	throw new ImportError('FILE_FORMAT', 'The file is a web page (HTML), not a file of records', {
		hint: 'The download may have ended at a page for signing in. Download the file itself, then import it.',
	});
}
