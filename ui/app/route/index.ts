/** Addresses and pages: the little that the product needs of a router (ADR 0012). */
export type { Address, Params } from './address.ts';
export { useArrival } from './arrival.ts';
export { Link } from './link.tsx';
export { navigate, Redirect, Router, Routes, useAddress, useParams, useQuery } from './router.tsx';
