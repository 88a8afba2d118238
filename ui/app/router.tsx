import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { HomePage } from '../hall/home-page.tsx';
import { LoginPage } from '../hall/login-page.tsx';
import { NotFoundPage } from '../hall/not-found-page.tsx';
import { ProjectPage } from '../hall/project-page.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { HallProvider } from './hall-info.tsx';
import { LoginAgain } from './login-again.tsx';
import { Loading } from './parts/states.tsx';
import { SessionProvider, useSession } from './session.tsx';
import { Shell } from './shell.tsx';

/** The rooms that not everybody enters are loaded when they are entered. */
const AccountPage = lazy(() => import('../hall/account-page.tsx').then((page) => ({ default: page.AccountPage })));
const FaqPage = lazy(() => import('../hall/faq-page.tsx').then((page) => ({ default: page.FaqPage })));
const RegisterPage = lazy(() => import('../hall/register-page.tsx').then((page) => ({ default: page.RegisterPage })));
const CasesPage = lazy(() => import('../hall/cases/cases-page.tsx'));
const CasePage = lazy(() => import('../hall/case/case-page.tsx'));
const PhonePage = lazy(() => import('../phone/phone-page.tsx'));
const Desk = lazy(() => import('../desk/index.tsx'));
const Studio = lazy(() => import('../studio/index.tsx'));
const Lab = lazy(() => import('../lab/index.tsx'));

export function App() {
  return (
    <BrowserRouter>
      <ErrorBoundary>
        <SessionProvider>
          <LoginAgain />
          <HallProvider>
            <Routes>
              <Route element={<Shell />}>
                <Route index element={<HomePage />} />
                <Route path="p/:project" element={<ProjectPage />} />
                <Route path="login" element={<LoginPage />} />
                <Route path="register" element={open(RegisterPage)} />
                <Route path="faq" element={open(FaqPage)} />
                <Route path="cases" element={private_(CasesPage)} />
                <Route path="orders" element={private_(CasesPage)} />
                <Route path="cases/:id" element={private_(CasePage)} />
                <Route path="account" element={private_(AccountPage)} />
                <Route path="*" element={<NotFoundPage />} />
              </Route>
              <Route path="link/:token" element={open(PhonePage)} />
              <Route path="desk/*" element={private_(Desk)} />
              <Route path="studio/*" element={private_(Studio)} />
              <Route path="lab/*" element={private_(Lab)} />
            </Routes>
          </HallProvider>
        </SessionProvider>
      </ErrorBoundary>
    </BrowserRouter>
  );
}

function open(Page: ComponentType): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  );
}

/** For whoever is logged in; others log in first and come back. What they may see there the server decides. */
function private_(Page: ComponentType): ReactNode {
  return <Private>{open(Page)}</Private>;
}

function Private({ children }: { readonly children: ReactNode }) {
  const { state, session } = useSession();
  const { pathname, search } = useLocation();
  if (state.kind === 'loading') return <Loading />;
  if (!session.person) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  return children;
}
