import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { HomePage } from '../hall/home-page.tsx';
import { LoginPage } from '../hall/login-page.tsx';
import { NotFoundPage } from '../hall/not-found-page.tsx';
import { ProjectPage } from '../hall/project-page.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { HallProvider } from './hall-info.tsx';
import { LoginAgain } from './login-again.tsx';
import { Failed, Loading } from './parts/states.tsx';
import { Redirect, Router, Routes, useAddress } from './route/index.ts';
import { SessionProvider, useSession } from './session.tsx';
import { Shell } from './shell.tsx';

/** The rooms that not everybody enters are loaded when they are entered. */
const AccountPage = lazy(() => import('../hall/account-page.tsx'));
const FaqPage = lazy(() => import('../hall/faq-page.tsx'));
const RegisterPage = lazy(() => import('../hall/register-page.tsx'));
const CasesPage = lazy(() => import('../hall/cases/cases-page.tsx'));
const MessagesPage = lazy(() => import('../hall/messages/messages-page.tsx'));
const CasePage = lazy(() => import('../hall/case/case-page.tsx'));
const AnnouncementsPage = lazy(() => import('../hall/announcements/announcements-page.tsx'));
const BatchPage = lazy(() => import('../hall/batch/batch-page.tsx'));
const BatchTablePage = lazy(() => import('../hall/batch/table-page.tsx'));
const BatchReportPage = lazy(() => import('../hall/batch/report-page.tsx'));
const SignaturePage = lazy(() => import('../hall/signature/signature-page.tsx'));
const PhonePage = lazy(() => import('../phone/phone-page.tsx'));
const Desk = lazy(() => import('../desk/index.tsx'));
const Studio = lazy(() => import('../studio/index.tsx'));
const Staff = lazy(() => import('../staff/index.tsx'));
const Audit = lazy(() => import('../audit/index.tsx'));
const ResetPage = lazy(() => import('../hall/account/reset-page.tsx'));
const JumpPage = lazy(() => import('../hall/account/jump-page.tsx'));
const GoodbyePage = lazy(() => import('../hall/account/goodbye-page.tsx'));
const InvitePage = lazy(() => import('../hall/account/invite-page.tsx'));
const Lab = lazy(() => import('../lab/index.tsx'));

const pages: readonly (readonly [string, ReactNode])[] = [
  ['/', hall(<HomePage />)],
  ['/p/:project', hall(<ProjectPage />)],
  ['/login', hall(<LoginPage />)],
  ['/register', hall(open(RegisterPage))],
  ['/reset', hall(open(ResetPage))],
  ['/jump', hall(open(JumpPage))],
  ['/invite', hall(open(InvitePage))],
  ['/faq', hall(open(FaqPage))],
  ['/signature', hall(open(SignaturePage))],
  ['/announcements', hall(open(AnnouncementsPage))],
  ['/announcements/:project/:id', hall(open(AnnouncementsPage))],
  ['/batch', hall(private_(BatchPage))],
  ['/batch/:project', hall(private_(BatchTablePage))],
  ['/batch/reports/:id', hall(private_(BatchReportPage))],
  ['/cases', hall(private_(CasesPage))],
  ['/lists/:list', hall(private_(CasesPage))],
  // The manual's name of that list.
  ['/orders', <Redirect key="orders" to="/lists/orders" />],
  ['/cases/:id', hall(private_(CasePage))],
  ['/messages', hall(private_(MessagesPage))],
  ['/goodbye', hall(open(GoodbyePage))],
  ['/account', hall(private_(AccountPage))],
  ['/account/:part', hall(private_(AccountPage))],
  ['/link/:token', open(PhonePage)],
  ['/desk/*', private_(Desk)],
  ['/studio/*', private_(Studio)],
  ['/lab/*', private_(Lab)],
  ['/staff', private_(Staff)],
  ['/audit', private_(Audit)],
  ['/*', hall(<NotFoundPage />)],
];

export function App() {
  return (
    <Router>
      <ErrorBoundary>
        <SessionProvider>
          <LoginAgain />
          <HallProvider>
            <Routes pages={pages} />
          </HallProvider>
        </SessionProvider>
      </ErrorBoundary>
    </Router>
  );
}

function hall(page: ReactNode): ReactNode {
  return <Shell>{page}</Shell>;
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
  const { state, session, reload } = useSession();
  const { pathname, search } = useAddress();
  if (state.kind === 'loading') return <Loading />;
  // Whoever is logged in stays so while the server cannot say it.
  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  if (!session.person) return <Redirect to={`/login?next=${encodeURIComponent(pathname + search)}`} />;
  return children;
}
