import { ImportError } from '../../issues';

/** The error for a compound file whose parts contradict each other. @param what completes "The file is damaged: …" */
export function damaged(what: string): ImportError {
	return new ImportError('FILE_UNREADABLE', `The file is damaged: ${what}.`);
}
