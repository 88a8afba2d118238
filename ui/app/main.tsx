import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { applyModes } from './modes.ts';
import { App } from './router.tsx';
import { locale, setLocale } from './texts/index.ts';

applyModes();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
void setLocale(locale()).finally(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
