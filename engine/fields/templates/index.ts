export { applyGroups, type AppliedGroup } from './apply-groups';
export { applyTemplate, type AppliedTemplate } from './apply-template';
export { CheckedTemplateStore } from './checked-template-store';
export { learnedFrom } from './learned';
export { SqliteTemplateStore } from './sqlite-template-store';
export { makeTemplate, readTemplate, type MappingTemplate, type TemplateContent } from './template';
export type {
	SaveOutcome,
	StoredTemplate,
	StoredTemplates,
	TemplateStore,
	TemplateSummary,
} from './template-store';
export type { TemplateGroup } from './template-group';
