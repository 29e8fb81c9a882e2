import { field, type RecordType } from './record-type';

/** An article that is sold. */
export const product: RecordType = {
	name: 'product',
	label: 'Product',
	fields: [
		field('record_id', 'Record ID'),
		field('sku', 'SKU'),
		field('product_name', 'Product name', 'text', { required: true }),
		field('description', 'Description'),
		field('brand', 'Brand'),
		field('category', 'Category'),
		field('tags', 'Tags'),
		field('price', 'Price', 'decimal'),
		field('compare_price', 'Compare-at price', 'decimal'),
		field('sale_price', 'Sale price', 'decimal'),
		field('cost', 'Cost', 'decimal'),
		field('currency', 'Currency'),
		field('tax_rate', 'Tax rate'),
		field('stock_quantity', 'Stock quantity', 'decimal'),
		field('barcode', 'Barcode'),
		field('weight', 'Weight', 'decimal'),
		field('image', 'Image', 'url'),
		field('url', 'URL', 'url'),
		field('status', 'Status'),
		field('active', 'Active', 'boolean'),
	],
};
