import type { Container } from '../../dataset';
import { ImportError } from '../../issues';

/** Archives within one another that are opened: a workbook in a zip archive that is packed by gzip has two. */
export const DEEPEST_NESTING = 2;

/**
 * Checks the containers of a source. They may have travelled as JSON between the nodes of a workflow, so that their
 * shape is not certain.
 *
 * @throws ImportError RUN_CONFIG
 */
export function checkedContainers(containers: unknown): Container[] {
	const isList = Array.isArray(containers) && containers.length <= DEEPEST_NESTING;
	if (isList && containers.every(isContainer)) return containers;
	throw new ImportError(
		'RUN_CONFIG',
		'The description of the archive is not complete. Parse the file again.',
	);
}

function isContainer(value: unknown): value is Container {
	if (typeof value !== 'object' || value === null) return false;
	const { kind, entry, maxUnpackedBytes } = value as Record<keyof Container, unknown>;
	const isLimit = maxUnpackedBytes === undefined || typeof maxUnpackedBytes === 'number';
	return isLimit && (kind === 'gzip' || (kind === 'zip' && typeof entry === 'string'));
}
