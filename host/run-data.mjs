/**
 * Reads a finished run, alike whether it comes from the command line (`runCli`) or from the server
 * (`N8nServer.execution`): `{ data: { resultData: { runData, error? } } }`.
 */

const resultOf = (run) => run?.data?.resultData ?? {};

/** The items that a node gave out, of its last run. */
export const itemsOf = (run, node, output = 0) =>
	resultOf(run).runData?.[node]?.at(-1)?.data?.main?.[output] ?? [];

/** The `json` of the items that a node gave out. */
export const jsonOf = (run, node, output = 0) =>
	itemsOf(run, node, output).map((item) => item.json);

/** The hints that a node showed. */
export const hintsOf = (run, node) => resultOf(run).runData?.[node]?.at(-1)?.hints ?? [];

/** What made the run fail: `{ message, description?, node?: { name } }`; undefined when it did not. */
export const errorOf = (run) => resultOf(run).error;

/** The names of the nodes that ran. */
export const nodesThatRan = (run) => Object.keys(resultOf(run).runData ?? {});
