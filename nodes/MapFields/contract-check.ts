import {
	contractStep,
	type Dataset,
	type MappingTemplate,
	type RenamedColumn,
	type Step,
} from '../../engine';
import type { DriftSettings } from './template-parameters';

/** The step that holds a file to the contract of its template; none where the template has no contract. */
export function contractCheck(
	{ source }: Dataset,
	template: MappingTemplate | undefined,
	renamed: readonly RenamedColumn[],
	{ rows, empty }: DriftSettings,
): Step[] {
	if (template?.contract === undefined) return [];
	const isPart = source.kind === 'file' && source.limit !== undefined;
	const step = contractStep({
		contract: template.contract,
		// how many rows the file has cannot be told where only some of them are read
		rows: isPart ? 'accept' : rows,
		empty,
		renamed: Object.fromEntries(renamed.map(({ from, to }) => [from, to])),
	});
	return [step];
}
