export { SqliteTarget } from './sqlite-target';
