import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The shell with the pixels. The server serves `dist/ui` with `__CSP_NONCE__` replaced for every answer;
 * nothing may be inlined as a script, so that `script-src 'self'` holds.
 */
export default defineConfig({
  root: here('./ui'),
  publicDir: here('./ui/public'),
  plugins: [react()],
  build: {
    outDir: here('./dist/ui'),
    emptyOutDir: true,
    target: 'es2022',
    // An inlined asset would be a `data:` address, which the policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What rooms have in common would else be many chunks of a few hundred bytes, each compressed by itself.
          groups: [
            { name: 'shared', test: /\/ui\/(?:app|api)\//, minShareCount: 3 },
            { name: 'case', test: /\/ui\/hall\/case\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    port: Number(process.env.UI_PORT ?? 5173),
    proxy: {
      '/api': { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: true },
      '/sandbox': { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: true },
    },
  },
});
