import { checkWorlds, type ModelBench } from './checked';
import { InProcessSqlite } from './in-process-sqlite';
import { sqliteTables } from './tables';

/*
 * What the engine does is compared with a model that is slow and plain. Each world is made from the seed and its number alone:
 *
 *     MODEL_SEED=1 MODEL_WORLDS=100000 npm run test:unit -- --testPathPatterns model    another run, and a longer one
 *     MODEL_SEED=1 MODEL_WORLD=4711 ...                                                 one world again
 */
const seed = Number(process.env.MODEL_SEED ?? 20261120);
const worlds = Number(process.env.MODEL_WORLDS ?? 4000);
const single = process.env.MODEL_WORLD === undefined ? undefined : Number(process.env.MODEL_WORLD);

const open = (): ModelBench => {
	const target = new InProcessSqlite();
	return {
		target,
		table: (name) => ({ name }),
		run: (statement) => Promise.resolve(target.run(statement)),
		...sqliteTables,
	};
};

test(`SQLite does in ${single === undefined ? `${worlds} made-up worlds` : `the world ${single}`} what the model says (seed ${seed})`, async () => {
	await checkWorlds(open(), seed, single ?? 0, single === undefined ? worlds : 1);
}, 300_000);
