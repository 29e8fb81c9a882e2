/**
 * A process of its own that imports a file, for tests that kill it: it tells its parent which phase begins. The parent
 * says what to import.
 */
import { load, openFile, type LoadOptions, type LoadRules, type TableName } from '../../../engine';
import { PHASES, disturbed } from './disturbed';
import { targetOf } from './target-of';

export interface LoadJob {
	label: string;
	config: Record<string, unknown>;
	table: TableName;
	file: string;
	rules: LoadRules;
	options?: Partial<LoadOptions>;
}

const say = (phase: string) => process.send?.({ phase });

async function importFile({ label, config, table, file, rules, options }: LoadJob): Promise<void> {
	say('read');
	let target = targetOf(label, config);
	for (const phase of PHASES)
		target = disturbed(target, phase, async () => {
			say(phase);
			await Promise.resolve();
		});
	await load(await openFile(file), target, { table, rules, mode: 'apply', ...options });
	say('end');
}

process.on('message', (job: LoadJob) => void importFile(job));
process.on('disconnect', () => process.exit());
say('ready');
