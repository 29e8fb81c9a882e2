export { ByteOrderMarks, withoutMarks } from './byte-order-marks';
export { decideEncoding, HEAD_BYTES, isBinaryData, prepareEncodings } from './decide-encoding';
export { decodeChunks, decodeHead } from './decode';
export { decodeText, type DecodedText } from './decode-text';
export { openEncoder } from './encode';
export { hasByteOrderMark } from './unicode-patterns';
