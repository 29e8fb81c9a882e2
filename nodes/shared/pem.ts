/** A certificate or key; n8n's field of one line may have made its line breaks blanks. */
export function pem(text: unknown): string | undefined {
	if (typeof text !== 'string' || text.trim() === '') return undefined;
	const [, head = '', body = '', foot = ''] =
		/^\s*(-----BEGIN [^-]+-----)([^]*?)(-----END [^-]+-----)\s*$/.exec(text) ?? [];
	// lines such as "Proc-Type: 4,ENCRYPTED" hold blanks of their own
	if (head === '' || body.includes(':')) return text;
	return [head, ...body.trim().split(/\s+/), foot, ''].join('\n');
}
