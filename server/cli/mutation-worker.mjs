// A thread begins with Node's own loader: it learns to read TypeScript first.
import { register } from 'tsx/esm/api';

register();
await import('./mutation-work.ts');
