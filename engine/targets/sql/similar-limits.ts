import { ImportError } from '../../issues';
import { nameOfRule } from '../../matching';
import type { LoadSpecification } from '../target';

/** @throws ImportError RUN_CONFIG where a rule by which records need only be alike is to do what only sure rules can */
export function requireComparable({
	rules,
	synchronisation,
}: Pick<LoadSpecification, 'rules' | 'synchronisation'>): void {
	for (const rule of rules.match) {
		if (rule.similarity === undefined) continue;
		const name = nameOfRule(rule);
		if (rule.several === 'all') {
			throw new ImportError(
				'RUN_CONFIG',
				`The match rule "${name}" finds records that are alike, and cannot update all of them`,
				{ hint: 'Set If Several Records Fit to another choice.' },
			);
		}
		if (rule.rows !== undefined || rule.records !== undefined) {
			throw new ImportError(
				'RUN_CONFIG',
				`The match rule "${name}" finds records that are alike, and can have no conditions`,
				{ hint: 'Remove For Rows and Among Records from the rule, or import into a view.' },
			);
		}
		if (synchronisation !== undefined) {
			throw new ImportError(
				'RUN_CONFIG',
				`What is absent from the file cannot be told by the match rule "${name}", which finds records that are alike`,
				{ hint: 'Remove the rule, or leave absent records as they are.' },
			);
		}
	}
}
