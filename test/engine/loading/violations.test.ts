import { SqliteFile } from './benches';
import { describeViolations } from './violations-cases';

describe('rows that SQLite refuses', () => {
	const file = new SqliteFile();

	afterAll(() => file.drop());

	describeViolations(() => ({
		...file.bench,
		raise: [
			"create trigger refuse before insert on orders when new.amount = 666 begin select raise(abort, 'not this one'); end",
		],
		namesReferences: false,
	}));
});
