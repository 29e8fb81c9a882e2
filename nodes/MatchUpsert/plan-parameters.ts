import type { INodeProperties } from 'n8n-workflow';
import { ImportError } from '../../engine';

export const planFileParameter: INodeProperties = {
	displayName: 'Plan as a File',
	name: 'planFile',
	type: 'options',
	options: [
		{ name: 'CSV', value: 'csv', description: 'A line for each row, as Excel opens it' },
		{ name: 'JSON Lines', value: 'ndjson', description: 'A JSON object for each row' },
		{ name: 'None', value: 'none' },
	],
	default: 'none',
	description:
		'Whether a plan gives what is to become of every row as a file too, with the first item of Written. Only with the mode Plan.',
};

export const planTokenParameter: INodeProperties = {
	displayName: 'Plan Token',
	name: 'planToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. {{ $json.plan }}',
	description:
		'The token from the summary of a plan: only that plan is applied. If the file, the steps, the table or the rules are others by now, nothing is written; rows whose record has changed since fail. Only with the mode Apply.',
};

/**
 * The token that is set; undefined where none is asked for.
 *
 * @throws ImportError RUN_PLAN_UNKNOWN where the option is set and gives nothing: then a plan was meant
 */
export function readPlanToken(stored: unknown): string | undefined {
	if (stored === undefined) return undefined;
	const token = typeof stored === 'string' ? stored.trim() : '';
	if (token !== '') return token;
	throw new ImportError('RUN_PLAN_UNKNOWN', 'The plan token is empty', {
		hint: 'Set Plan Token to the token of the plan, or remove the option to apply without one.',
	});
}
