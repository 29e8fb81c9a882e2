import type { INodeProperties } from 'n8n-workflow';
import type { Guards } from '../../engine';

const limit = (name: keyof Guards, displayName: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

/** Limits that stop a run before it writes. */
export const guardsParameter: INodeProperties = {
	displayName: 'Guards',
	name: 'guards',
	type: 'fixedCollection',
	placeholder: 'Add Guards',
	default: {},
	description:
		'Limits that a run must keep. If one does not hold, nothing is written, and the summary says why with the status "stopped".',
	options: [
		{
			displayName: 'Limits',
			name: 'limits',
			values: [
				{
					displayName: 'Limits',
					name: 'limits',
					type: 'collection',
					placeholder: 'Add Limit',
					default: {},
					options: [
						limit(
							'maxFailedPercent',
							'Most Failed Rows (Percent)',
							'Percent of the rows that may fail',
						),
						limit('maxInserted', 'Most Inserts', 'How many records may be added'),
						limit('maxRows', 'Most Rows', 'How many rows the file may have'),
						limit('maxUpdated', 'Most Updates', 'How many records may be changed'),
						limit('minRows', 'Fewest Rows', 'How many rows the file must have'),
						limit(
							'minPercentOfLast',
							'Fewest Rows Compared With the Last Run (Percent)',
							'Percent of the rows of the file before that this one must have. Counted from the first run that has this limit on, by node and table.',
						),
					],
				},
			],
		},
	],
};

export interface StoredGuards {
	limits?: { limits?: Guards };
}

export const readGuards = (stored: StoredGuards | undefined): Guards | undefined =>
	stored?.limits?.limits;
