export { PatternError, SafePattern } from './safe-pattern';
