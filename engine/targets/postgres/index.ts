export type { PostgresConfig } from './postgres-connection';
export { PostgresDocuments } from './postgres-documents';
export { PostgresTarget } from './postgres-target';
