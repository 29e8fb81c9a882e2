export { compileExpression, ExpressionError, type Expression } from './jsonata-runtime';
