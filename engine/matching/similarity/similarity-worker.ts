/** Compares on a thread of its own: a hundred thousand records take a minute, and would hold the event loop for it. */
import { parentPort } from 'node:worker_threads';
import { RowComparison, type Listed } from './row-comparison';

export type SimilarityRequest =
	| { kind: 'rows' | 'records'; list: readonly Listed[] }
	| ({ kind: 'compare' } & Parameters<RowComparison['compare']>[0])
	| { kind: 'take'; rows: number };

const comparison = new RowComparison();

function answer(request: SimilarityRequest): unknown {
	switch (request.kind) {
		case 'rows': {
			comparison.addRows(request.list);
			return;
		}
		case 'records': {
			comparison.addRecords(request.list);
			return;
		}
		case 'compare': {
			const { kind: _, ...asked } = request;
			return comparison.compare(asked);
		}
		case 'take':
			return comparison.take(request.rows);
	}
}

parentPort?.on('message', (request: SimilarityRequest) => {
	parentPort?.postMessage(answer(request));
});
