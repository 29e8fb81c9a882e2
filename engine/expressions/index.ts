export { compileDocument, type DocumentExpression, type DocumentRow } from './jsonata-document';
export { compileExpression, ExpressionError, type Expression } from './jsonata-runtime';
