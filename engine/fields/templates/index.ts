export { applyTemplate, type AppliedTemplate } from './apply-template';
export { learnedFrom } from './learned';
export { SqliteTemplateStore } from './sqlite-template-store';
export { makeTemplate, readTemplate, type MappingTemplate, type TemplateContent } from './template';
export type { TemplateStore, TemplateSummary } from './template-store';
