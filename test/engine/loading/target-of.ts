import { MySqlTarget, PostgresTarget, SqliteTarget, type Target } from '../../../engine';

/** The database of a test, also in a process of its own, where jest is not. */
export const targetOf = (label: string, config: Record<string, unknown>): Target => {
	if (label === 'PostgreSQL') return new PostgresTarget(config);
	return label === 'MariaDB' ? new MySqlTarget(config) : new SqliteTarget(String(config.path));
};
