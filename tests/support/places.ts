import { afterAll } from 'vitest';
import { isOnPostgres, removePlaces } from './hall-store.ts';

// Registered before the hooks of a test file, so it comes after them: its halls are closed by then.
if (isOnPostgres) afterAll(removePlaces, 120_000);
