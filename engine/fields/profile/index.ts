export { ColumnProfiler, type ColumnProfile } from './column-profile';
