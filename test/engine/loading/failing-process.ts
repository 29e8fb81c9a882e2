/**
 * A process of its own that imports a file of which every row fails, for a test that gives it little memory. It writes the
 * file of failed rows, too, and tells its parent what came of it.
 */
import { close, exactRule, failedFile, load, openFile, SqliteTarget } from '../../../engine';

export interface FailingJob {
	database: string;
	file: string;
}

export interface FailingOutcome {
	failed: number;
	codes: Record<string, number>;
	/** Lines of the file of failed rows, its header included. */
	lines: number;
}

async function importFile({ database, file }: FailingJob): Promise<FailingOutcome> {
	const dataset = await openFile(file);
	const { summary, failed } = await load(dataset, new SqliteTarget(database), {
		table: { name: 'people' },
		mode: 'apply',
		rules: {
			match: [exactRule('email')],
			onMatch: 'update',
			onNoMatch: 'fail',
			duplicates: 'first',
			blankKey: 'fail',
			emptyCells: 'keep',
		},
	});
	let lines = 0;
	for await (const bytes of (await failedFile(failed, dataset)).bytes) {
		for (const byte of bytes) if (byte === 10) lines++;
	}
	await failed.dispose();
	await close(dataset);
	return { failed: summary.failed, codes: summary.codes, lines };
}

process.on('message', (job: FailingJob) => {
	void importFile(job).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit());
