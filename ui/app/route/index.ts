/** Addresses and pages: the little that the product needs of a router (docs/adr/0003). */
export type { Address, Params } from './address.ts';
export { Link } from './link.tsx';
export { navigate, Redirect, Router, Routes, useAddress, useParams, useQuery } from './router.tsx';
