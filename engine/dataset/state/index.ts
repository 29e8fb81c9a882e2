export type { CounterChange, CounterStore, KeptCounts } from './counter-store';
export { RunState, type Counter } from './run-state';
export { SqliteCounterStore } from './sqlite-counter-store';
