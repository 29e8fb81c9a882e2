import { ImportError } from '../../issues';
import type { DataTable } from './data-table-client';

const locked = new Set<string>();

/**
 * Keeps other imports of this process out of a table: Data Tables have neither locks nor anything that keeps a key unique.
 *
 * @returns gives the table free
 * @throws ImportError RUN_LOCKED when another import has it
 */
export function lockTable({ id, name }: DataTable): () => void {
	if (locked.has(id)) {
		throw new ImportError('RUN_LOCKED', `Another import writes into "${name}" at the moment`, {
			hint: 'Start this one again when the other has ended.',
		});
	}
	locked.add(id);
	return () => locked.delete(id);
}
