export { catalogue, type IssueCode } from './catalogue';
export { ImportError, issue, quoteValue, type Issue, type Severity } from './issue';
