export { readAddress, type PostalAddress } from './address';
export { labelUsAddress, type AddressLabel } from './us-address';
