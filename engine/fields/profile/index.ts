export { ColumnProfiler, type ColumnProfile } from './column-profile';
export { DistinctCount } from './distinct-count';
