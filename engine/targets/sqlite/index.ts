export { SqliteConnection } from './sqlite-connection';
export { sqliteDialect } from './sqlite-dialect';
export { explainSqliteError } from './sqlite-errors';
export { SqliteTarget } from './sqlite-target';
