export type { MySqlConfig } from './mysql-connection';
export { MySqlDocuments } from './mysql-documents';
export { MySqlTarget } from './mysql-target';
