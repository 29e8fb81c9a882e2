export type { MySqlConfig } from './mysql-connection';
export { MySqlTarget } from './mysql-target';
