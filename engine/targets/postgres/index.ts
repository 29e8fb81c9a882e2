export type { PostgresConfig } from './postgres-connection';
export { PostgresTarget } from './postgres-target';
